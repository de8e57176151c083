// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/replay.h"
#include "app/service/monitorlinks.h"
#include "app/service/storedconfiguration.h"
#include "tests/app/service/servicerig.h"

#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace backwatch;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kMinuteMs = 60'000;

Monitor web(const QString &name, const QStringList &dependsOn = {})
{
    Monitor monitor;
    monitor.service = QStringLiteral("Shop");
    monitor.name = name;
    HttpCheck check;
    check.url = QUrl(QStringLiteral("http://127.0.0.1:1/") + name.toLower().remove(u' '));
    monitor.check = check;
    monitor.interval = 60s;
    monitor.retryInterval = 10s;
    monitor.dependsOn = dependsOn;
    return monitor;
}

/// A shop with a database behind it, and a blog.
Configuration shop()
{
    Configuration configuration;
    Service service{QStringLiteral("Shop"), {}};
    configuration.services = {service};
    auto database = web(QStringLiteral("Database"));
    auto front = web(QStringLiteral("Front page"), {QStringLiteral("Database")});
    auto search = web(QStringLiteral("Search"), {QStringLiteral("Database")});
    search.retries = 0;
    configuration.monitors = {database, front, search, web(QStringLiteral("Fronts")),
                              web(QStringLiteral("Blog"))};
    return configuration;
}

/// A day's weather: outages of the database that take the shop with them, outages of the shop alone, single
/// hiccups, a page that announces maintenance for longer than is believed, hours without an own network.
Sample weather(const QString &name, qint64 minute, QRandomGenerator &chance)
{
    Sample sample;
    sample.outcome = Outcome::Ok;
    sample.httpStatus = 200;
    sample.detail = QStringLiteral("200 OK");
    sample.phases.total = microseconds(20'000 + chance.bounded(10'000));
    const bool databaseDown =
        (minute > 300 && minute < 330) || (minute > 700 && minute < 703) || (minute > 100 && minute < 140);
    const auto fail = [&sample](int status, std::optional<std::chrono::seconds> retryAfter) {
        sample.outcome = status == 0 ? Outcome::ConnectRefused : Outcome::HttpStatus;
        sample.httpStatus = status;
        sample.retryAfter = retryAfter;
        sample.detail = status == 0 ? QStringLiteral("connection refused") : QStringLiteral("503");
    };
    if (minute > 1'200 && minute < 1'215)
        sample.outcome = Outcome::LocalNetwork;
    else if (name == u"Database" && databaseDown)
        fail(0, {});
    else if (name != u"Blog" && name != u"Database" && databaseDown)
        fail(503, {});
    else if (name == u"Front page" && minute > 500 && minute < 540)
        fail(503, 5s);
    else if (name == u"Blog" && minute > 800 && minute < 1'000)
        fail(503, 600s);
    else if (name == u"Search" && minute > 1'300 && minute % 4 < 2)
        fail(503, {});
    else if (chance.bounded(60) == 0)
        fail(503, {});
    else if (chance.bounded(80) == 0)
        sample.outcome = Outcome::Slow;
    return sample;
}

/// Everything that has to be the same, in one text.
QByteArray told(const QList<State> &states)
{
    QByteArray text;
    for (const State state : states)
        text += stateId(state).toLatin1() + '\n';
    return text;
}

QByteArray told(const QList<Incident> &incidents)
{
    QByteArrayList lines;
    for (const auto &incident : incidents)
        lines += QStringLiteral("%1 %2 %3 %4 %5 %6 %7")
                     .arg(incident.openedAt)
                     .arg(incident.monitor)
                     .arg(incident.confirmedAt)
                     .arg(incident.closedAt.value_or(0))
                     .arg(outcomeId(incident.outcome))
                     .arg(incident.httpStatus)
                     .arg(incident.detail)
                     .toUtf8();
    std::sort(lines.begin(), lines.end());
    return lines.join('\n');
}

/// Without those that a later one overruled, because it counts from an earlier moment.
QList<StateChange> standing(const QList<StateChange> &changes)
{
    QList<StateChange> left;
    for (const auto &change : changes) {
        while (!left.isEmpty() && left.last().at >= change.at)
            left.removeLast();
        left += change;
    }
    return left;
}

QHash<MonitorId, JudgedMonitor> judged(const QList<Monitor> &monitors, const MonitorLinks &links)
{
    QHash<MonitorId, JudgedMonitor> all;
    for (const auto &monitor : monitors)
        all.insert(monitor.id,
                   {rulesOf(monitor), links.parentsOf(monitor.id), links.maintenanceOf(monitor.id)});
    return all;
}

} // namespace

class TestReplayedDay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameAgain()
    {
        QTemporaryDir folder;
        ServiceRig rig(folder.path());
        const UtcMs begin = rig.clock.utcMs();
        QVERIFY(makeConfigurationBe(rig.directory, shop(), false));
        QTRY_COMPARE_WITH_TIMEOUT(rig.service.monitors().size(), 5, 10'000);
        QHash<MonitorId, QString> names;
        for (const auto &monitor : rig.service.monitors())
            names.insert(monitor.id, monitor.name);

        QRandomGenerator chance(503);
        for (qint64 second = 0; second < 24 * 3'600; second += 5) {
            rig.clock.advance(5'000);
            if (second == 600 * 60)
                rig.service.slept(rig.clock.utcMs() - 2'000, rig.clock.utcMs());
            const auto requests = std::exchange(rig.probe.requests, {});
            QList<ProbeAnswer> answers;
            for (const auto &request : requests) {
                Sample sample = weather(names.value(request.monitor), second / 60, chance);
                sample.monitor = request.monitor;
                sample.startedAt = rig.clock.utcMs() - chance.bounded(3'000);
                answers.append({request.token, {sample, nullptr}});
            }
            if (!answers.isEmpty())
                Q_EMIT rig.probe.answered(answers);
            QCoreApplication::sendPostedEvents(&rig.service); // groups answer in a turn of their own
        }
        QVERIFY(waitFor(rig.writer->flush()));

        const auto reader = HistoryReader::open(rig.directory.database());
        QVERIFY(reader);
        const UtcMs end = rig.clock.utcMs() + 1;
        const auto stored = (*reader)->samplesAsTheyCame(begin, end);
        const auto incidents = (*reader)->incidents(0, begin, end);
        const auto gaps = (*reader)->gaps(begin, end);
        QVERIFY(stored && incidents && gaps);
        QVERIFY(stored->size() > 5 * 1'300);
        QCOMPARE(gaps->size(), 1);
        QVERIFY(incidents->size() > 8);

        QList<Sample> samples;
        QList<State> states;
        for (const auto &sample : *stored) {
            samples += sample.sample;
            states += sample.state;
        }
        for (const State state : {State::Up, State::Degraded, State::Suspect, State::Down, State::Unreachable,
                                  State::Maintenance, State::NotObserved})
            QVERIFY2(states.contains(state), stateId(state).toLatin1().constData());
        Configuration configuration = shop();
        configuration.monitors = rig.service.monitors();
        const auto again =
            replay(judged(configuration.monitors, MonitorLinks(configuration)), samples, *gaps);
        QCOMPARE(told(again.states), told(states));
        QCOMPARE(told(again.incidents), told(*incidents));

        // The intervals that availability is counted from are the same changes.
        for (const auto &monitor : configuration.monitors) {
            const auto intervals = (*reader)->stateIntervals(monitor.id, begin, end);
            QVERIFY(intervals);
            for (const auto &change : standing(again.changes.value(monitor.id))) {
                const auto found =
                    std::find_if(intervals->begin(), intervals->end(), [&](const auto &interval) {
                        return interval.from <= change.at && change.at < interval.to;
                    });
                QVERIFY2(found != intervals->end() && found->state == change.to,
                         qPrintable(QStringLiteral("%1 at %2").arg(monitor.name).arg(change.at)));
            }
        }
    }

    /// What would be different if one sample had been another.
    void oneSampleDecides()
    {
        Monitor monitor = web(QStringLiteral("Blog"));
        monitor.id = 1;
        const auto sampleAt = [](qint64 second, Outcome outcome) {
            Sample sample;
            sample.monitor = 1;
            sample.startedAt = second * 1'000;
            sample.outcome = outcome;
            return sample;
        };
        QList<Sample> samples{sampleAt(1, Outcome::Ok), sampleAt(2, Outcome::ClosedEarly),
                              sampleAt(3, Outcome::ClosedEarly), sampleAt(4, Outcome::ClosedEarly)};
        const QHash<MonitorId, JudgedMonitor> monitors{{1, {rulesOf(monitor), {}, {}}}};
        QCOMPARE(replay(monitors, samples).incidents.size(), 1);
        samples[2].outcome = Outcome::Ok;
        QCOMPARE(replay(monitors, samples).incidents.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestReplayedDay)
#include "tst_replayedday.moc"
