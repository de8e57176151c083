// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/replay.h"

#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;

namespace {

constexpr MonitorId kParent = 1;
constexpr MonitorId kChild = 2;
constexpr qint64 kStepMs = 10'000;

/// Two letters a sample: who (P parent, C child) and how (. good, d degraded, x failed, m 503 with
/// Retry-After, v 503 with the few seconds that caches send, n own network lost, ? says nothing).
QList<Sample> samplesOf(const QString &script)
{
    QList<Sample> samples;
    for (qsizetype i = 0; i + 1 < script.size(); i += 3) {
        Sample sample;
        sample.monitor = script[i] == u'P' ? kParent : kChild;
        sample.startedAt = (i / 3 + 1) * kStepMs;
        const QChar how = script[i + 1];
        sample.outcome = how == u'.'   ? Outcome::Ok
                         : how == u'd' ? Outcome::Slow
                         : how == u'n' ? Outcome::LocalNetwork
                         : how == u'?' ? Outcome::Cancelled
                                       : Outcome::HttpStatus;
        sample.httpStatus = sample.outcome == Outcome::HttpStatus ? 503 : 0;
        if (how == u'm')
            sample.retryAfter = 10min;
        if (how == u'v')
            sample.retryAfter = 5s;
        samples += sample;
    }
    return samples;
}

QString lettersOf(const Replayed &replayed)
{
    const QString letters = QStringLiteral("-UGsDRMp"); // in the order of State
    QString text;
    for (const State state : replayed.states)
        text += letters[static_cast<int>(state)];
    return text;
}

/// "C3-7 P9-": whose, opened and closed, in samples.
QString incidentsOf(const Replayed &replayed)
{
    QStringList texts;
    for (const auto &incident : replayed.incidents) {
        QString text = incident.monitor == kParent ? QStringLiteral("P") : QStringLiteral("C");
        text += QString::number(incident.openedAt / kStepMs - 1) + u'-';
        if (incident.closedAt)
            text += QString::number(*incident.closedAt / kStepMs - 1);
        texts += text;
    }
    return texts.join(u' ');
}

QHash<MonitorId, JudgedMonitor> family(int retries = 1)
{
    return {{kParent, {{retries, 50s}, {}, {}}}, {kChild, {{retries, 50s}, {kParent}, {}}}};
}

} // namespace

class TestReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scripts_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("states");
        QTest::addColumn<QString>("incidents");
        const auto add = [](const char *name, const char *script, const char *states, const char *incidents) {
            QTest::newRow(name) << QString::fromLatin1(script) << QString::fromLatin1(states)
                                << QString::fromLatin1(incidents);
        };
        add("a consequence opens nothing", "P. C. Px Px Cx Cx C.", "UUsDsRU", "P2-");
        add("the parent's own end does not close the child's", "P. C. Cx P. Cx Cx Px Px Cx C.", "UUsUDDsDRU",
            "C2-9 P6-");
        add("a child that failed first waits for its parent", "P. C. Cx Cx Px Px Cx", "UUsssDR", "P4-");
        add("a parent that was fine since clears itself", "P. C. Cx P. Cx", "UUsUD", "C2-");
        add("no answer of the parent: patience ends", "P. C. Cx Cx Cx Cx Cx Cx", "UUssssDD", "C2-");
        add("still failing when the parent is back", "P. C. Px Px Cx Cx P. Cx P. Cx C.", "UUsDsRUsUDU",
            "P2-6 C7-10");
        add("announced maintenance, and its limit", "C. Cm Cm Cm Cm Cm Cm Cm Cm Cm Cm C.", "UMMMMMsDDDDU",
            "C6-11");
        add("a cache's few seconds announce nothing", "P. C. Cv P. Cv", "UUsUD", "C2-");
        add("maintenance that ends in time", "C. Cm Cm C. Cm C.", "UMMUMU", "");
        add("own network", "C. Cn Cn C.", "U--U", "");
        add("a suspicion that was the own network", "C. Cx Cn C.", "Us-U", "");
        add("own network during an outage", "P. C. Cx P. Cx Cn C. ", "UUsUD-U", "C2-6");
        add("and still down afterwards", "P. C. Cx P. Cx Cn P. Cx P. Cx", "UUsUD-UsUD", "C2-");
    }

    void scripts()
    {
        QFETCH(QString, script);
        const auto replayed = replay(family(), samplesOf(script));
        QTEST(lettersOf(replayed), "states");
        QTEST(incidentsOf(replayed), "incidents");
    }

    void plannedMaintenance()
    {
        auto monitors = family(0);
        MaintenanceWindow window;
        window.from = 2 * kStepMs;
        window.to = 5 * kStepMs;
        monitors[kParent].maintenance = {window};
        const auto replayed = replay(monitors, samplesOf(QStringLiteral("P. Px Px P. Px")));
        QCOMPARE(lettersOf(replayed), QStringLiteral("UMMMD"));
        QCOMPARE(incidentsOf(replayed), QStringLiteral("P4-"));
    }

    void failingInMaintenanceExcusesItsChildren()
    {
        auto monitors = family(0);
        MaintenanceWindow window;
        window.from = 2 * kStepMs;
        window.to = 100 * kStepMs;
        monitors[kParent].maintenance = {window};
        const auto replayed = replay(monitors, samplesOf(QStringLiteral("P. Px Cx P. Cx P. Cx")));
        QCOMPARE(lettersOf(replayed), QStringLiteral("UMRMDMD"));
        QCOMPARE(incidentsOf(replayed), QStringLiteral("C4-"));
    }

    void incidentEndsInMaintenance()
    {
        auto monitors = family(0);
        MaintenanceWindow window;
        window.from = 3 * kStepMs;
        window.to = 100 * kStepMs;
        monitors[kParent].maintenance = {window};
        const auto replayed = replay(monitors, samplesOf(QStringLiteral("P. Px Px P.")));
        QCOMPARE(lettersOf(replayed), QStringLiteral("UDMM"));
        QCOMPARE(incidentsOf(replayed), QStringLiteral("P1-3"));
    }

    void nobodyWatched()
    {
        auto monitors = family(1);
        const auto samples = samplesOf(QStringLiteral("P. Px Px P. P. P."));
        const auto replayed =
            replay(monitors, samples, {{samples[3].startedAt + 1'000, samples[4].startedAt - 1'000}});
        const QList<StateChange> expected{{State::NotObserved, State::Up, samples[0].startedAt},
                                          {State::Up, State::Down, samples[1].startedAt},
                                          {State::Down, State::Up, samples[3].startedAt},
                                          {State::Up, State::NotObserved, samples[3].startedAt + 1'000},
                                          {State::NotObserved, State::Up, samples[4].startedAt}};
        QCOMPARE(replayed.changes.value(kParent), expected);
    }
};

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
