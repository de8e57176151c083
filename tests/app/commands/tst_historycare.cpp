// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/availabilityreader.h"
#include "app/history/historyreader.h"
#include "app/history/historywriter.h"
#include "app/service/storedconfiguration.h"
#include "tests/app/commands/commandrig.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace backwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr UtcMs kStart = 1'709'251'200'000; // 2024-03-01
constexpr qint64 kMinute = 60'000;

} // namespace

/// backup, retention, incidents, and what doctor says of the history.
class TestHistoryCare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void withoutAHistory();
    void copyIsWhole();
    void retentionIsShownAndChanged();
    void wrongRetention_data();
    void wrongRetention();
    void incidentsAreListedAndClassified();
    void wrongClassification_data();
    void wrongClassification();
    void doctorTellsOfSizesAndFilesSetAside();

private:
    double share();

    std::unique_ptr<CommandRig> m_rig;
    MonitorId m_monitor = 0;
};

/// An hour, ten minutes of it an outage.
void TestHistoryCare::init()
{
    m_rig = std::make_unique<CommandRig>();
    const QString file =
        m_rig->write(u"m.yaml"_s, "version: 1\n"
                                  "services:\n"
                                  "  - {name: Shop, monitors: [{name: Front, ping: {host: a.example}}]}\n");
    QCOMPARE(m_rig->run(u"apply"_s, {file}).exitCode, 0);
    m_monitor = findMonitor(*storedConfiguration(m_rig->directory()), u"Front"_s)->id;
    SystemClock clock;
    const auto writer = HistoryWriter::open(m_rig->directory().database(), clock);
    QVERIFY(writer);
    (*writer)->settle(m_monitor, State::Up, kStart);
    (*writer)->settle(m_monitor, State::Down, kStart + 20 * kMinute);
    (*writer)->settle(m_monitor, State::Up, kStart + 30 * kMinute);
    Incident incident;
    incident.id = (*writer)->nextIncidentId();
    incident.monitor = m_monitor;
    incident.openedAt = kStart + 20 * kMinute;
    incident.confirmedAt = kStart + 21 * kMinute;
    incident.closedAt = kStart + 30 * kMinute;
    incident.outcome = Outcome::HttpStatus;
    incident.httpStatus = 503;
    incident.detail = u"503 Backend fetch failed"_s;
    (*writer)->store(incident);
    QVERIFY((*writer)->flush().result());
}

double TestHistoryCare::share()
{
    const auto reader = HistoryReader::open(m_rig->directory().database());
    const auto figures = availabilities(**reader, {m_monitor}, {{kStart, kStart + 60 * kMinute}});
    return figures->first().first().share().value_or(-1);
}

void TestHistoryCare::withoutAHistory()
{
    CommandRig empty;
    for (const auto &[command, arguments] :
         {std::pair(u"backup"_s, QStringList{empty.filePath(u"copy.db"_s)}),
          std::pair(u"retention"_s, QStringList()), std::pair(u"incidents"_s, QStringList())}) {
        const auto answer = empty.run(command, arguments);
        QCOMPARE(answer.exitCode, int(kExitUnreadable));
        QVERIFY2(answer.err.contains(u"There is no history yet"_s), qPrintable(answer.err));
    }
    QVERIFY(!QFile::exists(empty.filePath(u"copy.db"_s)));
    QVERIFY(!QFile::exists(empty.directory().database()));
}

void TestHistoryCare::copyIsWhole()
{
    const QString copy = m_rig->filePath(u"copy.db"_s);
    const auto made = m_rig->run(u"backup"_s, {copy});
    QVERIFY2(made.exitCode == 0, qPrintable(made.err));
    const auto reader = HistoryReader::open(copy);
    QVERIFY(reader);
    QCOMPARE((*reader)->incidents(0, 0, kStart * 2)->size(), 1);
    // A second one never replaces the first.
    const auto again = m_rig->run(u"backup"_s, {copy});
    QVERIFY(again.exitCode != 0);
    QVERIFY2(again.err.contains(copy), qPrintable(again.err));
    const auto noted = HistoryReader::open(m_rig->directory().database());
    const auto count =
        singleValue((*noted)->database(), u"SELECT count(*) FROM v_audit WHERE subject = 'backup'"_s);
    QVERIFY2(count, qPrintable(count ? QString() : count.error().sentence));
    QCOMPARE(count->toInt(), 1);
}

void TestHistoryCare::retentionIsShownAndChanged()
{
    const auto shown = m_rig->run(u"retention"_s, {});
    QVERIFY2(shown.exitCode == 0, qPrintable(shown.err));
    for (const char *tier : {"log", "samples", "hours", "days", "evidence", "load"})
        QVERIFY2(shown.out.contains(QLatin1StringView(tier)), qPrintable(shown.out));
    const auto keptDays = [](const CommandRig::Answer &answer, const QString &tier) {
        for (const auto &value : QJsonDocument::fromJson(answer.out.toUtf8()).array())
            if (value[u"tier"] == tier)
                return value[u"keptDays"].toInt(-1);
        return -2;
    };
    QCOMPARE(keptDays(m_rig->run(u"retention"_s, {u"--json"_s}), u"samples"_s), 730);
    const auto changed = m_rig->run(u"retention"_s, {u"samples"_s, u"90"_s, u"--json"_s});
    QCOMPARE(changed.exitCode, 0);
    QCOMPARE(keptDays(changed, u"samples"_s), 90);
    QCOMPARE(keptDays(m_rig->run(u"retention"_s, {u"samples"_s, u"forever"_s, u"--json"_s}), u"samples"_s),
             -1);
    QCOMPARE(keptDays(m_rig->run(u"retention"_s, {u"evidence"_s, u"30"_s, u"--json"_s}), u"evidence"_s), 30);
}

void TestHistoryCare::wrongRetention_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("no such part") << QStringList{u"blobs"_s, u"90"_s} << int(kExitInvalid);
    QTest::newRow("no number") << QStringList{u"samples"_s, u"long"_s} << int(kExitInvalid);
    QTest::newRow("too short") << QStringList{u"samples"_s, u"1"_s} << int(kExitInvalid);
    QTest::newRow("negative") << QStringList{u"samples"_s, u"0"_s} << int(kExitInvalid);
    QTest::newRow("days are kept") << QStringList{u"days"_s, u"90"_s} << int(kExitInvalid);
    QTest::newRow("half of it") << QStringList{u"samples"_s} << int(kExitUsage);
}

void TestHistoryCare::wrongRetention()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    const auto answer = m_rig->run(u"retention"_s, arguments);
    QCOMPARE(answer.exitCode, exitCode);
    QVERIFY(!answer.err.isEmpty());
}

void TestHistoryCare::incidentsAreListedAndClassified()
{
    const QStringList range{u"--from"_s, u"2024-03-01"_s, u"--to"_s, u"2024-03-02"_s};
    const auto listed = m_rig->run(u"incidents"_s, range);
    QVERIFY2(listed.out.contains(u"#1  2024-03-01T00:20:00"_s), qPrintable(listed.out));
    QVERIFY2(listed.out.contains(u"Shop/Front: 503 Backend fetch failed"_s), qPrintable(listed.out));
    QVERIFY2(listed.out.contains(u"10m"_s), qPrintable(listed.out));
    QCOMPARE(share(), 50.0 / 60);

    const auto done = m_rig->run(
        u"incidents"_s, {u"1"_s, u"--count-as"_s, u"maintenance"_s, u"--because"_s, u"announced by mail"_s});
    QVERIFY2(done.exitCode == 0, qPrintable(done.err));
    QCOMPARE(share(), 1.0);
    const auto json =
        QJsonDocument::fromJson(m_rig->run(u"incidents"_s, range + QStringList{u"--json"_s}).out.toUtf8());
    QCOMPARE(json[0][u"countsAs"], u"maintenance"_s);
    QCOMPARE(json[0][u"because"], u"announced by mail"_s);
    QCOMPARE(json[0][u"closedAt"], u"2024-03-01T00:30:00.000Z"_s);

    const auto account = m_rig->run(u"incidents"_s, {u"1"_s});
    QVERIFY2(account.out.contains(u"counts as maintenance, because: announced by mail"_s),
             qPrintable(account.out));
    QCOMPARE(m_rig->run(u"incidents"_s, {u"7"_s}).exitCode, int(kExitUnreadable));

    // What was measured is kept, and it can be taken back.
    QCOMPARE(m_rig
                 ->run(u"incidents"_s,
                       {u"#1"_s, u"--count-as"_s, u"outage"_s, u"--because"_s, u"the mail came too late"_s})
                 .exitCode,
             0);
    QCOMPARE(share(), 50.0 / 60);
}

void TestHistoryCare::wrongClassification_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("no reason") << QStringList{u"1"_s, u"--count-as"_s, u"maintenance"_s} << int(kExitInvalid);
    QTest::newRow("no such class") << QStringList{u"1"_s, u"--count-as"_s, u"nothing"_s, u"--because"_s,
                                                  u"x"_s}
                                   << int(kExitInvalid);
    QTest::newRow("no such incident")
        << QStringList{u"7"_s, u"--count-as"_s, u"maintenance"_s, u"--because"_s, u"x"_s}
        << int(kExitUnreadable);
    QTest::newRow("no number") << QStringList{u"front"_s, u"--count-as"_s, u"maintenance"_s, u"--because"_s,
                                              u"x"_s}
                               << int(kExitInvalid);
    QTest::newRow("which one") << QStringList{u"--count-as"_s, u"maintenance"_s} << int(kExitUsage);
    QTest::newRow("backwards") << QStringList{u"--from"_s, u"2024-03-02"_s, u"--to"_s, u"2024-03-01"_s}
                               << int(kExitUsage);
}

void TestHistoryCare::wrongClassification()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    const auto answer = m_rig->run(u"incidents"_s, arguments);
    QCOMPARE(answer.exitCode, exitCode);
    QVERIFY(!answer.err.isEmpty());
    QCOMPARE(share(), 50.0 / 60);
}

void TestHistoryCare::doctorTellsOfSizesAndFilesSetAside()
{
    QFile damaged(m_rig->directory().database() + u".damaged-20260101T000000Z"_s);
    QVERIFY(damaged.open(QIODevice::WriteOnly) && damaged.write("nothing") > 0);
    damaged.close();
    const auto answer = m_rig->run(u"doctor"_s, {});
    QVERIFY2(answer.out.contains(u"history: newest samples"_s), qPrintable(answer.out));
    QVERIFY2(answer.out.contains(u"(kept 730"_s), qPrintable(answer.out));
    QVERIFY2(answer.out.contains(u"set aside: "_s), qPrintable(answer.out));
    QVERIFY2(answer.out.contains(u"damaged-20260101T000000Z"_s), qPrintable(answer.out));
}

QTEST_GUILESS_MAIN(TestHistoryCare)
#include "tst_historycare.moc"
