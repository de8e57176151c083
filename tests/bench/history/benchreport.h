// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace backwatch {

/// Prints one figure a line, for people or as JSON.
class BenchReport
{
public:
    explicit BenchReport(bool json) : m_json(json) {}

    void put(const QString &what, double value, const char *unit) const;
    void put(const char *what, double value, const char *unit) const
    {
        put(QString::fromLatin1(what), value, unit);
    }

private:
    bool m_json;
};

/// Of all threads of this process.
double cpuSeconds();
double median(QList<double> values);
/// Makes the next reading of a file come from the disk, as far as this process may.
void dropCaches(const QString &path);

} // namespace backwatch
