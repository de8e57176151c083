// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/historyoutput.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;

class TestHistoryOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void csvFields_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("field");
        QTest::newRow("plain") << "503 Backend fetch failed"
                               << "503 Backend fetch failed";
        QTest::newRow("comma") << "a, b"
                               << "\"a, b\"";
        QTest::newRow("quote") << "say \"no\""
                               << "\"say \"\"no\"\"\"";
        QTest::newRow("line end") << "a\nb"
                                  << "\"a\nb\"";
        QTest::newRow("formula") << "=1+1"
                                 << "'=1+1";
        QTest::newRow("formula, quoted") << "@SUM(a,b)"
                                         << "\"'@SUM(a,b)\"";
        QTest::newRow("minus") << "-5"
                               << "'-5";
        QTest::newRow("empty") << ""
                               << "";
    }

    void csvFields()
    {
        QFETCH(QString, text);
        QTEST(csvField(text), "field");
    }

    void samplesAsCsv()
    {
        StoredSample good;
        good.sample.startedAt = 1'790'000'000'000;
        good.sample.outcome = Outcome::Ok;
        good.sample.httpStatus = 200;
        good.sample.address = QStringLiteral("::1");
        good.sample.phases = {{}, 1'500us, {}, 20us, 3'000us, 480us, 5'000us};
        good.state = State::Up;
        StoredSample refused;
        refused.sample.startedAt = 1'790'000'001'000;
        refused.sample.outcome = Outcome::ConnectRefused;
        refused.sample.phases.connect = 100us;
        refused.sample.phases.total = 100us;
        refused.sample.detail = QStringLiteral("Refused, again.");
        refused.state = State::Suspect;
        QString text;
        QTextStream out(&text);
        writeSamples({good, refused}, HistoryFormat::Csv, out);
        QCOMPARE(text, QStringLiteral(
                           "startedAt,outcome,state,httpStatus,dnsMs,connectMs,tlsMs,sendMs,waitMs,receiveMs,"
                           "totalMs,address,detail\n"
                           "2026-09-21T14:13:20.000Z,ok,up,200,,1.500,,0.020,3.000,0.480,5.000,::1,\n"
                           "2026-09-21T14:13:21.000Z,connect-refused,suspect,,,0.100,,,,,0.100,,"
                           "\"Refused, again.\"\n"));
    }

    void rollupsAsCsvAndJson()
    {
        Rollup rollup;
        rollup.start = 1'790'000'000'000;
        rollup.checks = 60;
        rollup.failures = 3;
        rollup.codes = {{200, 57}, {503, 3}};
        rollup.p50 = 51'000us;
        rollup.p95 = 80'000us;
        rollup.p99 = 90'000us;
        rollup.max = 120'500us;
        QString text;
        QTextStream out(&text);
        writeRollups({rollup}, HistoryFormat::Csv, out);
        QCOMPARE(text,
                 QStringLiteral("start,checks,failures,p50Ms,p95Ms,p99Ms,maxMs,codes\n"
                                "2026-09-21T14:13:20.000Z,60,3,51.000,80.000,90.000,120.500,200:57 503:3\n"));
        text.clear();
        writeRollups({rollup}, HistoryFormat::Json, out);
        const auto rows = QJsonDocument::fromJson(text.toUtf8()).array();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().toObject().value(QLatin1StringView("p50Ms")).toDouble(), 51.0);
    }
};

QTEST_GUILESS_MAIN(TestHistoryOutput)
#include "tst_historyoutput.moc"
