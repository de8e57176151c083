// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"

#include <QByteArray>

#include <memory>

namespace YAML {
class Emitter;
}

namespace backwatch {

/// Writes configurations, and the parts of which they consist, in the shape of the monitors file. The same
/// input always gives the same bytes; values that are the default are left out.
class MonitorWriter
{
public:
    enum class Style { Yaml, Json };

    explicit MonitorWriter(Style style);
    ~MonitorWriter();

    void write(const Configuration &configuration);
    /// The monitor without name, service and id, as the database keeps it.
    void writeSpec(const Monitor &monitor);
    /// The service without its name and monitors.
    void writeSpec(const Service &service);

    QByteArray text() const;

private:
    void writeService(const Service &service, const QList<Monitor> &monitors);
    void writeMonitors(const QList<Monitor> &monitors);
    void writeFields(const Monitor &monitor);
    void writeTimes(const Monitor &monitor);
    void writeHttp(const HttpCheck &check);
    void writeHeaders(const HttpHeaders &headers);
    void writeExpectation(const HttpExpectation &expect);
    void writeStatus(const QList<StatusRange> &ranges);
    void writeLoad(const QList<LoadSource> &load);

    void beginMap();
    void endMap();
    void key(const QString &key);
    void string(const QString &text);
    void bytes(const QByteArray &bytes);

    Style m_style;
    std::unique_ptr<YAML::Emitter> m_out;
};

} // namespace backwatch
