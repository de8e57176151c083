// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/stateevaluator.h"
#include "app/history/availabilityreader.h"
#include "app/history/outageclass.h"
#include "tests/app/history/historyfixture.h"
#include "tests/support/fakeclock.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kMinute = 60'000;
constexpr qint64 kHour = 60 * kMinute;

UtcMs utc(const char *moment)
{
    return QDateTime::fromString(QString::fromLatin1(moment), Qt::ISODate).toMSecsSinceEpoch();
}

QList<Availability> figuresOf(const QList<StateInterval> &intervals, const QList<TimeSpan> &periods)
{
    QList<Availability> figures;
    for (const auto &period : periods)
        figures.append(availabilityIn(intervals, period));
    return figures;
}

} // namespace

/// Worked by hand: what each figure has to be stands in the test, with its sum in a comment.
class TestAvailability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void plainDay();
    void daysOnWhichTheClocksChange();
    void daysThatDoNotBeginAtMidnight();
    void weeksAndMonths();
    void maintenanceAcrossMidnight();
    void unconfirmedFailures();
    void nothingWasWatched();
    void unreachableCountsAndStandsApart();
    void restartLeavesAHole();
    void serviceIsItsWorstMonitor();
    void reclassifiedOutage();
    void classificationNeedsAReason();
    void partsSumToThePeriod();

private:
    void moveTo(UtcMs moment) { m_clock->jumpUtc(moment - m_clock->utcMs()); }
    QString path() const { return m_folder->filePath(u"history.db"_s); }
    /// One answer through evaluator and writer, as the service does it.
    void check(HistoryWriter &writer, UtcMs at, Outcome outcome, bool inMaintenance = false);
    Availability stored(UtcMs from, UtcMs to);

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    MonitorState m_state;
};

void TestAvailability::init()
{
    m_clock = std::make_unique<FakeClock>(utc("2026-03-01T00:00:00Z"));
    m_folder = std::make_unique<QTemporaryDir>();
    m_state = {};
}

void TestAvailability::check(HistoryWriter &writer, UtcMs at, Outcome outcome, bool inMaintenance)
{
    Sample sample;
    sample.monitor = 1;
    sample.startedAt = at;
    sample.outcome = outcome;
    const auto evaluation =
        evaluate(m_state, sample, {.furtherFailures = 2}, {.inMaintenance = inMaintenance});
    m_state = evaluation.next;
    writer.append({sample, m_state.state});
    if (evaluation.settled)
        writer.settle(1, evaluation.settled->to, evaluation.settled->at);
}

Availability TestAvailability::stored(UtcMs from, UtcMs to)
{
    const auto figures = availabilities(*openReader(path()), {1}, {{from, to}});
    return figures ? figures->first().first() : Availability();
}

void TestAvailability::plainDay()
{
    const UtcMs midnight = utc("2026-03-02T00:00:00Z");
    const QList<StateInterval> intervals{
        {State::Up, midnight, midnight + 10 * kHour},
        {State::Down, midnight + 10 * kHour, midnight + 10 * kHour + 864'000},
        {State::Degraded, midnight + 10 * kHour + 864'000, midnight + 24 * kHour}};
    const auto day = availabilityIn(intervals, {midnight, midnight + 24 * kHour});
    // 864 s of 86,400 s are one percent.
    QCOMPARE(day.down, 864s);
    QCOMPARE(day.up, 10h);
    QCOMPARE(day.degraded, 14h - 864s);
    QCOMPARE(day.share(), std::optional(0.99));
    QCOMPARE(day.coverage(), 1.0);
    QCOMPARE(day.period(), 24h);
}

void TestAvailability::daysOnWhichTheClocksChange()
{
    const QTimeZone berlin("Europe/Berlin");
    // Spring: 28, 29 and 30 March 2026 have 24, 23 and 24 hours; 29 March begins at 23:00Z of the day before.
    const auto spring = calendarPeriods({utc("2026-03-27T23:00:00Z"), utc("2026-03-30T22:00:00Z")},
                                        CalendarUnit::Day, berlin);
    QCOMPARE(spring.size(), 3);
    QCOMPARE(spring[1], (TimeSpan{utc("2026-03-28T23:00:00Z"), utc("2026-03-29T22:00:00Z")}));
    // Down from 01:30 to 03:30 by the clocks, which is one hour: the hour from 02:00 does not exist.
    const QList<StateInterval> intervals{
        {State::Up, utc("2026-03-01T00:00:00Z"), utc("2026-03-29T00:30:00Z")},
        {State::Down, utc("2026-03-29T00:30:00Z"), utc("2026-03-29T01:30:00Z")},
        {State::Up, utc("2026-03-29T01:30:00Z"), utc("2026-04-30T00:00:00Z")}};
    const auto days = figuresOf(intervals, spring);
    QCOMPARE(days[0].period(), 24h);
    QCOMPARE(days[1].period(), 23h);
    QCOMPARE(days[1].down, 1h);
    QCOMPARE(days[1].share(), std::optional(22.0 / 23.0));
    QCOMPARE(days[2].share(), std::optional(1.0));

    // Autumn: 25 October 2026 has 25 hours. Down from 02:30 to 02:30 by the clocks, an hour later.
    const auto autumn = calendarPeriods({utc("2026-10-24T22:00:00Z"), utc("2026-10-25T23:00:00Z")},
                                        CalendarUnit::Day, berlin);
    QCOMPARE(autumn.size(), 1);
    const QList<StateInterval> hour{{State::Up, 0, utc("2026-10-25T00:30:00Z")},
                                    {State::Down, utc("2026-10-25T00:30:00Z"), utc("2026-10-25T01:30:00Z")},
                                    {State::Up, utc("2026-10-25T01:30:00Z"), utc("2026-11-01T00:00:00Z")}};
    const auto day = availabilityIn(hour, autumn.first());
    QCOMPARE(day.period(), 25h);
    QCOMPARE(day.down, 1h);
    QCOMPARE(day.share(), std::optional(24.0 / 25.0));
}

void TestAvailability::daysThatDoNotBeginAtMidnight()
{
    // In Santiago 6 September 2026 begins at 01:00: the clocks go from 24:00 to 01:00.
    const QTimeZone santiago("America/Santiago");
    const auto days = calendarPeriods({utc("2026-09-05T04:00:00Z"), utc("2026-09-07T03:00:00Z")},
                                      CalendarUnit::Day, santiago);
    QCOMPARE(days.size(), 2);
    QCOMPARE(days[0], (TimeSpan{utc("2026-09-05T04:00:00Z"), utc("2026-09-06T04:00:00Z")}));
    QCOMPARE(days[1], (TimeSpan{utc("2026-09-06T04:00:00Z"), utc("2026-09-07T03:00:00Z")})); // 23 hours
    // Samoa left out 30 December 2011.
    const auto samoa = calendarPeriods({utc("2011-12-29T10:00:00Z"), utc("2011-12-31T10:00:00Z")},
                                       CalendarUnit::Day, QTimeZone("Pacific/Apia"));
    QCOMPARE(samoa.size(), 2);
    QVERIFY(calendarPeriods({0, 10}, CalendarUnit::Day, QTimeZone("Nowhere/None")).isEmpty());
    QVERIFY(calendarPeriods({10, 10}, CalendarUnit::Day, santiago).isEmpty());
}

void TestAvailability::weeksAndMonths()
{
    const TimeSpan range{utc("2026-02-25T12:00:00Z"), utc("2026-03-09T00:00:00Z")};
    const auto weeks = calendarPeriods(range, CalendarUnit::Week, QTimeZone::utc());
    QCOMPARE(weeks.size(), 2); // from Wednesday to Monday 2 March, and the week after that
    QCOMPARE(weeks[0], (TimeSpan{range.from, utc("2026-03-02T00:00:00Z")}));
    QCOMPARE(weeks[1].to, range.to);
    const auto months = calendarPeriods(range, CalendarUnit::Month, QTimeZone::utc());
    QCOMPARE(months.size(), 2);
    QCOMPARE(months[0].to, utc("2026-03-01T00:00:00Z"));
}

void TestAvailability::maintenanceAcrossMidnight()
{
    auto writer = openWriter(path(), *m_clock);
    const UtcMs midnight = utc("2026-03-02T00:00:00Z");
    // Every ten minutes; planned from 23:00 to 01:30, failing from 23:10 to 01:40, good again at 02:00.
    for (UtcMs at = midnight - 24 * kHour; at < midnight + 24 * kHour; at += 10 * kMinute) {
        moveTo(at);
        const bool fails = at >= midnight - 50 * kMinute && at < midnight + 2 * kHour;
        const bool planned = at >= midnight - 60 * kMinute && at < midnight + 90 * kMinute;
        check(*writer, at, fails ? Outcome::ConnectRefused : Outcome::Ok, planned);
    }
    moveTo(midnight + 24 * kHour);
    writer.reset();
    const auto before = stored(midnight - 24 * kHour, midnight);
    QCOMPARE(before.maintenance, 1h);
    QCOMPARE(before.up, 23h);
    QCOMPARE(before.share(), std::optional(1.0));
    QCOMPARE(before.coverage(), 1.0);
    const auto after = stored(midnight, midnight + 24 * kHour);
    QCOMPARE(after.maintenance, 90min);
    // What still failed at 01:30, 01:40 and 01:50 was confirmed at 01:50 and counts from 01:30.
    QCOMPARE(after.down, 30min);
    QCOMPARE(after.up, 22h);
    QCOMPARE(after.share(), std::optional(1'320.0 / 1'350.0));
    QCOMPARE(after.period(), 24h);
}

void TestAvailability::unconfirmedFailures()
{
    auto writer = openWriter(path(), *m_clock);
    const UtcMs start = m_clock->utcMs();
    // Minutes: 0 good, 1 and 2 fail, 3 good: refuted, the site was up. 5, 6 and 7 fail: down from 5 on. 9
    // good. 10 and 11 fail and nothing follows: not confirmed, so it was up as far as anybody knows.
    const QSet<int> failing{1, 2, 5, 6, 7, 8, 10, 11};
    for (int minute = 0; minute < 12; ++minute) {
        moveTo(start + minute * kMinute);
        check(*writer, m_clock->utcMs(), failing.contains(minute) ? Outcome::ConnectTimeout : Outcome::Ok);
        if (minute == 6) { // two of three: nothing counts yet
            QVERIFY(flushed(*writer));
            QCOMPARE(stored(start, start + 6 * kMinute).down, 0s);
        }
    }
    moveTo(start + 12 * kMinute);
    writer.reset();
    const auto figure = stored(start, start + 12 * kMinute);
    QCOMPARE(figure.down, 4min);
    QCOMPARE(figure.up, 8min);
    QCOMPARE(figure.share(), std::optional(8.0 / 12.0));
}

void TestAvailability::nothingWasWatched()
{
    {
        auto writer = openWriter(path(), *m_clock);
        check(*writer, m_clock->utcMs(), Outcome::Ok);
        moveTo(m_clock->utcMs() + kHour);
    }
    const UtcMs later = m_clock->utcMs() + 24 * kHour;
    const auto figure = stored(later, later + 24 * kHour);
    QCOMPARE(figure.share(), std::nullopt); // neither 0 % nor 100 %
    QCOMPARE(figure.coverage(), 0.0);
    QCOMPARE(figure.notObserved, 24h);
    const auto empty = availabilityIn({}, {5, 5});
    QCOMPARE(empty.share(), std::nullopt);
    QCOMPARE(empty.coverage(), 0.0);
}

void TestAvailability::unreachableCountsAndStandsApart()
{
    const QList<StateInterval> intervals{{State::Up, 0, 6 * kHour},
                                         {State::Unreachable, 6 * kHour, 8 * kHour},
                                         {State::Paused, 8 * kHour, 12 * kHour}};
    const auto figure = availabilityIn(intervals, {0, 16 * kHour});
    QCOMPARE(figure.unreachable, 2h);
    QCOMPARE(figure.down, 0h);
    QCOMPARE(figure.share(), std::optional(0.75));
    QCOMPARE(figure.coverage(), 0.5); // 8 of 16 hours
    QCOMPARE(figure.paused, 4h);
    QCOMPARE(figure.notObserved, 4h);
}

void TestAvailability::restartLeavesAHole()
{
    const UtcMs start = m_clock->utcMs();
    {
        auto writer = openWriter(path(), *m_clock);
        check(*writer, start, Outcome::Ok);
        moveTo(start + kHour);
    }
    moveTo(start + 3 * kHour);
    m_state = interrupted(m_state, start + kHour).next;
    {
        auto writer = openWriter(path(), *m_clock);
        check(*writer, start + 3 * kHour, Outcome::Ok);
        moveTo(start + 4 * kHour);
    }
    const auto figure = stored(start, start + 4 * kHour);
    QCOMPARE(figure.up, 2h);
    QCOMPARE(figure.notObserved, 2h);
    QCOMPARE(figure.coverage(), 0.5);
    QCOMPARE(figure.share(), std::optional(1.0));
}

void TestAvailability::serviceIsItsWorstMonitor()
{
    const QList<StateInterval> front{{State::Up, 0, 4 * kHour}, {State::Down, 4 * kHour, 6 * kHour}};
    const QList<StateInterval> database{{State::Up, kHour, 2 * kHour},
                                        {State::Maintenance, 2 * kHour, 5 * kHour},
                                        {State::Down, 5 * kHour, 7 * kHour},
                                        {State::Maintenance, 7 * kHour, 8 * kHour}};
    const auto service = combined({front, database});
    const QList<StateInterval> expected{{State::Up, 0, 4 * kHour},
                                        {State::Down, 4 * kHour, 7 * kHour},
                                        {State::Maintenance, 7 * kHour, 8 * kHour}};
    QCOMPARE(service, expected);
    QVERIFY(combined({}).isEmpty());

    auto writer = openWriter(path(), *m_clock);
    const UtcMs start = m_clock->utcMs();
    writer->settle(1, State::Up, start);
    writer->settle(2, State::Up, start);
    writer->settle(2, State::Down, start + kHour);
    moveTo(start + 4 * kHour);
    writer.reset();
    const auto figures = serviceAvailability(*openReader(path()), {1, 2}, {{start, start + 4 * kHour}});
    QVERIFY(figures);
    QCOMPARE(figures->first().share(), std::optional(0.25));
}

void TestAvailability::reclassifiedOutage()
{
    auto writer = openWriter(path(), *m_clock);
    const UtcMs start = m_clock->utcMs();
    writer->settle(1, State::Up, start);
    writer->settle(1, State::Down, start + kHour);
    writer->settle(1, State::Up, start + 2 * kHour);
    Incident incident;
    incident.id = writer->nextIncidentId();
    incident.monitor = 1;
    incident.openedAt = incident.confirmedAt = start + kHour;
    incident.closedAt = start + 2 * kHour;
    writer->store(incident);
    moveTo(start + 4 * kHour);
    const auto say = [&](OutageClass countsAs, const QString &reason) {
        auto done = writer->change([=](QSqlDatabase &database) {
            return classify(database, incident.id, {countsAs, reason, u"anna@desk"_s, start + 5 * kHour});
        });
        done.waitForFinished();
        return done.result();
    };
    QVERIFY(flushed(*writer));
    QCOMPARE(stored(start, start + 4 * kHour).share(), std::optional(0.75));
    QVERIFY(say(OutageClass::Maintenance, u"Announced by the provider"_s));
    auto figure = stored(start, start + 4 * kHour);
    QCOMPARE(figure.share(), std::optional(1.0));
    QCOMPARE(figure.maintenance, 1h);
    QCOMPARE(figure.period(), 4h);
    QVERIFY(say(OutageClass::NotObserved, u"Our own line was cut"_s));
    QCOMPARE(stored(start, start + 4 * kHour).notObserved, 1h);
    QVERIFY(say(OutageClass::Outage, u"It was theirs after all"_s));
    QCOMPARE(stored(start, start + 4 * kHour).share(), std::optional(0.75));

    // The original stays, and so does everything that was said.
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM state_interval WHERE state = 4"_s), "1");
    const auto said = classificationsOf(openReader(path())->database(), incident.id);
    QVERIFY(said);
    QCOMPARE(said->size(), 3);
    QCOMPARE(said->first(), (Classification{OutageClass::Maintenance, u"Announced by the provider"_s,
                                            u"anna@desk"_s, start + 5 * kHour}));
    QCOMPARE(sqlite(path(), u"SELECT count(*), max(who), max(before) FROM v_audit WHERE what = 'outage'"_s),
             "3|anna@desk|outage");
}

void TestAvailability::classificationNeedsAReason()
{
    auto writer = openWriter(path(), *m_clock);
    const auto say = [&](IncidentId id, const QString &reason) {
        auto done = writer->change([=](QSqlDatabase &database) {
            return classify(database, id, {OutageClass::Maintenance, reason, u"anna@desk"_s, 5});
        });
        done.waitForFinished();
        return done.result();
    };
    QCOMPARE(say(1, u"  "_s).error().kind, Error::Kind::Invalid);
    QCOMPARE(say(1, u"because"_s).error().kind, Error::Kind::NotFound);
}

void TestAvailability::partsSumToThePeriod()
{
    QRandomGenerator random(20260302);
    for (int round = 0; round < 2'000; ++round) {
        QList<QList<StateInterval>> monitors;
        for (int monitor = 0; monitor < 3; ++monitor) {
            QList<StateInterval> intervals;
            UtcMs at = random.bounded(50);
            for (int i = random.bounded(12); i > 0; --i) {
                const UtcMs to = at + random.bounded(40);
                intervals.append({static_cast<State>(random.bounded(kStateCount)), at, to});
                at = to + random.bounded(-5, 15); // holes and overlaps
                at = std::max(at, intervals.last().from);
            }
            monitors.append(intervals);
        }
        monitors.append(combined(monitors));
        monitors.append(withReclassified(monitors.last(), {{{20, 90}, State::Maintenance}}));
        const UtcMs from = random.bounded(120);
        const UtcMs to = from + random.bounded(200);
        const UtcMs middle = from + random.bounded(static_cast<int>(to - from) + 1);
        for (const auto &intervals : std::as_const(monitors)) {
            const auto whole = availabilityIn(intervals, {from, to});
            QCOMPARE(whole.period(), milliseconds(to - from));
            auto parts = availabilityIn(intervals, {from, middle});
            parts += availabilityIn(intervals, {middle, to});
            QCOMPARE(parts, whole);
            QVERIFY(!whole.share() || (*whole.share() >= 0 && *whole.share() <= 1));
            QVERIFY(whole.coverage() >= 0 && whole.coverage() <= 1);
        }
    }
}

QTEST_GUILESS_MAIN(TestAvailability)
#include "tst_availability.moc"
