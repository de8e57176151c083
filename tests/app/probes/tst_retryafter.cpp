// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/retryafter.h"

#include <QtTest>

using namespace backwatch;

/// How long a server asks to be left alone.
class TestRetryAfter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
};

void TestRetryAfter::reads_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<qint64>("seconds"); ///< -1: nothing
    const auto row = [](const char *name, int status, const char *value, const char *date, qint64 seconds) {
        QTest::newRow(name) << status << QByteArray(value) << QByteArray(date) << seconds;
    };
    row("seconds", 503, "120", "", 120);
    row("too many requests", 429, " 7 ", "", 7);
    row("another status", 500, "120", "", -1);
    row("none", 503, "", "", -1);
    row("nonsense", 503, "soon", "", -1);
    row("negative", 503, "-5", "", -1);
    row("far too long", 503, "99999999", "", 31 * 86'400);
    row("endless digits", 503, "99999999999999999999999999999999", "", 31 * 86'400);
    row("date beside Date", 503, "Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:27:00 GMT", 60);
    row("date against now", 503, "Wed, 21 Oct 2015 07:28:00 GMT", "", 120);
    row("date against a broken Date", 503, "Wed, 21 Oct 2015 07:28:00 GMT", "yesterday-ish", 120);
    row("past", 503, "Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 08:00:00 GMT", 0);
    row("far date", 503, "Wed, 21 Oct 2035 07:28:00 GMT", "", 31 * 86'400);
}

void TestRetryAfter::reads()
{
    QFETCH(int, status);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, date);
    QFETCH(qint64, seconds);
    constexpr UtcMs kNow = 1'445'412'360'000; // 2015-10-21T07:26:00Z
    HttpHeaders headers{{"retry-after", value}};
    if (!date.isEmpty())
        headers.append({"Date", date});
    const auto found = retryAfterOf(status, headers, kNow);
    QCOMPARE(found ? qint64(found->count()) : qint64(-1), seconds);
}

QTEST_GUILESS_MAIN(TestRetryAfter)
#include "tst_retryafter.moc"
