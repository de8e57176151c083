// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/boundedregex.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace backwatch;

/// Regular expressions: what they match, and that nobody can make them run for long.
class TestBoundedRegex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data();
    void matches();
    void givesUpOnBait_data();
    void givesUpOnBait();
};

void TestBoundedRegex::matches_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("answer");
    const auto row = [](const char *expression, const QString &text, RegexAnswer answer) {
        QTest::newRow(expression) << QString::fromUtf8(expression) << text << static_cast<int>(answer);
    };
    const QString page = QStringLiteral("<h1>Basket</h1>\nTotal: 12 €\n");
    row("Basket", page, RegexAnswer::Matches);
    row("basket", page, RegexAnswer::Differs);
    row("(?i)basket", page, RegexAnswer::Matches);
    row("^Total", page, RegexAnswer::Differs);
    row("(?m)^Total: \\d+ €$", page, RegexAnswer::Matches);
    row("^<h1>", page, RegexAnswer::Matches);
    row("€\\n?$", page, RegexAnswer::Matches);
    row("h1.*Total", page, RegexAnswer::Differs);
    row("(?s)h1.*Total", page, RegexAnswer::Matches);
    row("nothing|Total", page, RegexAnswer::Matches);
    row("<(h\\d)>.*</\\1>", page, RegexAnswer::Matches);
    row("(?<=Total: )12", page, RegexAnswer::Matches);
    row("needle", QString(1'000'000, u'x') + QStringLiteral("needle"), RegexAnswer::Matches);
    row("noodle", QString(1'000'000, u'x') + QStringLiteral("needle"), RegexAnswer::Differs);
    row("[0-9]+ (euros|apples)", QString(1'000, u'7'), RegexAnswer::Differs);
    row("(", page, RegexAnswer::Invalid);
    row("a)(b", page, RegexAnswer::Invalid);
    row("(*LIMIT_MATCH=4000000000)a", page, RegexAnswer::Invalid);
}

void TestBoundedRegex::matches()
{
    QFETCH(QString, expression);
    QFETCH(QString, text);
    QFETCH(int, answer);
    QCOMPARE(static_cast<int>(matchBounded(expression, text)), answer);
}

void TestBoundedRegex::givesUpOnBait_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("text");
    const QString a(1'048'576, u'a');
    QTest::newRow("nested") << QStringLiteral("(a+)+$") << a + u'!';
    QTest::newRow("nested, short") << QStringLiteral("(a+)+$") << QString(40, u'a') + u'!';
    QTest::newRow("quadratic") << QStringLiteral("a*b") << a;
    QTest::newRow("a little everywhere") << QStringLiteral("(?:a{0,300}){2}b") << a;
    QTest::newRow("alternatives") << QStringLiteral("(a|aa)+$") << a + u'!';
    QTest::newRow("dots") << QStringLiteral("(.*)*x(.*)*y") << a;
    QTest::newRow("deep") << QStringLiteral("(?:(?:(?:a?)+b?)+c?)+d") << a;
}

void TestBoundedRegex::givesUpOnBait()
{
    QFETCH(QString, expression);
    QFETCH(QString, text);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(static_cast<int>(matchBounded(expression, text)), static_cast<int>(RegexAnswer::TooMuchWork));
    qInfo("%lld ms", static_cast<long long>(timer.elapsed()));
    // Without a bound these take from minutes to the age of the universe.
    QVERIFY(timer.elapsed() < 20'000);
}

QTEST_GUILESS_MAIN(TestBoundedRegex)
#include "tst_boundedregex.moc"
