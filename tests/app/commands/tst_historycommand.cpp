// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historyreader.h"
#include "app/history/historywriter.h"
#include "app/service/storedconfiguration.h"
#include "tests/app/commands/commandrig.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace backwatch;

class TestHistoryCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void samplesOverWeeks();
    void rollups();
    void automaticResolution_data();
    void automaticResolution();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();

private:
    CommandRig::Answer history(const QStringList &arguments)
    {
        return m_rig->run(QStringLiteral("history"), arguments);
    }

    std::unique_ptr<CommandRig> m_rig;
};

namespace {

constexpr qint64 kDay = 86'400'000;
constexpr UtcMs kStart = 1'709'251'200'000; // 2024-03-01

} // namespace

/// Twenty days with a check every six hours.
void TestHistoryCommand::init()
{
    m_rig = std::make_unique<CommandRig>();
    const QString file = m_rig->write(QStringLiteral("m.yaml"),
                                      "version: 1\n"
                                      "services:\n"
                                      "  - {name: One, monitors: [{name: A, ping: {host: a.example}}]}\n"
                                      "  - {name: Two, monitors: [{name: A, ping: {host: a.example}}]}\n"
                                      "monitors: [{name: B, ping: {host: b.example}}]\n");
    QCOMPARE(m_rig->run(QStringLiteral("apply"), {file}).exitCode, 0);
    const auto monitor = findMonitor(*storedConfiguration(m_rig->directory()), QStringLiteral("B"));
    QVERIFY(monitor);
    SystemClock clock;
    const auto writer = HistoryWriter::open(m_rig->directory().database(), clock);
    QVERIFY(writer);
    for (int i = 0; i < 80; ++i) {
        StoredSample stored;
        stored.sample.monitor = monitor->id;
        stored.sample.startedAt = kStart + i * kDay / 4;
        stored.sample.outcome = Outcome::Ok;
        stored.sample.detail = i == 0 ? QStringLiteral("=1+1") : QString();
        stored.sample.phases.total = microseconds(5'000);
        stored.state = State::Up;
        (*writer)->append(stored);
    }
    QVERIFY((*writer)->flush().result());
}

void TestHistoryCommand::samplesOverWeeks()
{
    const QStringList range{QStringLiteral("B"),
                            QStringLiteral("--from"),
                            QStringLiteral("2024-03-01T06:00:00Z"),
                            QStringLiteral("--to"),
                            QStringLiteral("2024-03-20T00:00:00Z"),
                            QStringLiteral("--resolution"),
                            QStringLiteral("raw")};
    const auto csv = history(range);
    QCOMPARE(csv.exitCode, 0);
    const auto lines = csv.out.split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 1 + 75); // without the first, and the twentieth day
    QVERIFY(lines.at(1).startsWith(QStringLiteral("2024-03-01T06:00:00.000Z,ok,up,")));
    QVERIFY(lines.last().startsWith(QStringLiteral("2024-03-19T18:00:00.000Z,ok,up,")));
    QCOMPARE(csv.out, history(range + QStringList{QStringLiteral("--format"), QStringLiteral("csv")}).out);

    const auto json = history(range + QStringList{QStringLiteral("--format"), QStringLiteral("json")});
    const auto rows = QJsonDocument::fromJson(json.out.toUtf8()).array();
    QCOMPARE(rows.size(), 75);
    const auto none = history({QStringLiteral("B"), QStringLiteral("--from"), QStringLiteral("2020-01-01"),
                               QStringLiteral("--to"), QStringLiteral("2020-01-02"),
                               QStringLiteral("--format"), QStringLiteral("json")});
    QCOMPARE(none.exitCode, 0);
    QVERIFY(QJsonDocument::fromJson(none.out.toUtf8()).isArray());
    const auto guarded = history({QStringLiteral("B"), QStringLiteral("--from"), QStringLiteral("2024-03-01"),
                                  QStringLiteral("--to"), QStringLiteral("2024-03-02")});
    QVERIFY2(guarded.out.contains(QStringLiteral(",'=1+1\n")), qPrintable(guarded.out));
}

void TestHistoryCommand::rollups()
{
    const auto days = history({QStringLiteral("B"), QStringLiteral("--from"), QStringLiteral("2024-03-01"),
                               QStringLiteral("--to"), QStringLiteral("2024-03-03"),
                               QStringLiteral("--resolution"), QStringLiteral("1d")});
    const auto lines = days.out.split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.first(), QStringLiteral("start,checks,failures,p50Ms,p95Ms,p99Ms,maxMs,codes"));
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines.at(1).startsWith(QStringLiteral("2024-03-01T00:00:00.000Z,4,0,")));
}

void TestHistoryCommand::automaticResolution_data()
{
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("same");
    QTest::newRow("a day") << "2024-03-02"
                           << "raw";
    QTest::newRow("a week") << "2024-03-08"
                            << "5m";
    QTest::newRow("a month") << "2024-04-01"
                             << "1h";
    QTest::newRow("a year") << "2025-03-01"
                            << "1d";
}

void TestHistoryCommand::automaticResolution()
{
    QFETCH(QString, to);
    QFETCH(QString, same);
    const QStringList range{QStringLiteral("B"), QStringLiteral("--from"), QStringLiteral("2024-03-01"),
                            QStringLiteral("--to"), to};
    const auto automatic = history(range);
    QCOMPARE(automatic.exitCode, 0);
    QCOMPARE(automatic.out, history(range + QStringList{QStringLiteral("--resolution"), same}).out);
}

void TestHistoryCommand::saysWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const QString &arguments, int exitCode, const char *says) {
        QTest::newRow(name) << arguments.split(u' ', Qt::SkipEmptyParts) << exitCode
                            << QString::fromUtf8(says);
    };
    row("no name", QString(), 64, "Usage");
    row("unknown", QStringLiteral("C"), 66, "“C”");
    row("ambiguous", QStringLiteral("A"), 65, "One/A, Two/A");
    row("time", QStringLiteral("B --from yesterday"), 64, "“yesterday”");
    row("order", QStringLiteral("B --from 2024-03-02 --to 2024-03-01"), 64, "--from");
    row("resolution", QStringLiteral("B --resolution 2h"), 64, "“2h”");
    row("format", QStringLiteral("B --format xml"), 64, "“xml”");
}

void TestHistoryCommand::saysWhatIsWrong()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const auto answer = history(arguments);
    QTEST(answer.exitCode, "exitCode");
    QVERIFY2(answer.err.contains(says), qPrintable(answer.err));
    QVERIFY(answer.out.isEmpty());
    QCOMPARE(history({QStringLiteral("One/A")}).exitCode, 0);
}

QTEST_GUILESS_MAIN(TestHistoryCommand)
#include "tst_historycommand.moc"
