// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/configuration.h"
#include "app/core/loadhistory.h"
#include "app/load/loadreport.h"
#include "app/probes/probe.h"
#include "app/service/loadpicture.h"

#include <QHash>

#include <map>

namespace backwatch {

class HistoryWriter;

/// Reads the load of the machines behind services every half a minute, on nobody's account: a source that
/// does not answer is a fault of the source, and no target's. Never waits; lives in the thread of its probe.
class LoadWatch : public QObject
{
    Q_OBJECT

public:
    static constexpr milliseconds kEvery{30'000};
    /// What is older says nothing of the present.
    static constexpr milliseconds kFresh{120'000};
    /// Sources asked at a time, so that they take no room from checks.
    static constexpr int kMostAtOnce = 8;

    /// All must outlive it. What is read goes to the writer.
    LoadWatch(Clock &clock, Probe &probes, HistoryWriter &writer);
    ~LoadWatch() override;

    /// Sources that stay go on as they were; the first readings of new ones are spread over the interval.
    void setServices(const QList<Service> &services);
    /// Reads the sources of that service now, unless that was done a few seconds ago.
    void readSoon(const QString &service);
    /// This machine slept: what is under way is nothing to go by.
    void discard();

    /// Of the readings that are fresh.
    LoadPicture picture(const QString &service) const;
    /// Why a source cannot be read at the moment, a sentence each; none when all is well.
    QStringList faults(const QString &service) const;

Q_SIGNALS:
    /// A source of that service begins to speak of exhaustion.
    void exhausted(const QString &service);

private:
    using Key = std::pair<QString, QString>; ///< service, and kind or URL: names one source

    struct Source;

    void turn();
    void start(const Key &key, Source &source);
    void onAnswered(const QList<ProbeAnswer> &answers);
    void take(Source &source, const CheckResult &result);
    void keep(Source &source);
    bool isFresh(const Source &source) const;
    QList<LoadFact> factsOf(const Source &source) const;

    Clock &m_clock;
    Probe &m_probes;
    HistoryWriter &m_writer;
    std::map<Key, std::unique_ptr<Source>> m_sources;
    QHash<quint64, Key> m_underWay; ///< by token
    std::unique_ptr<Alarm> m_alarm; ///< rings when a source is due
    quint64 m_lastToken;
};

} // namespace backwatch
