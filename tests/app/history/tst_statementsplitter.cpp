// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/statementsplitter.h"

#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

class TestStatementSplitter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splits_data();
    void splits();
};

void TestStatementSplitter::splits_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("statements");

    QTest::newRow("nothing") << u""_s << QStringList();
    QTest::newRow("only comments") << u"-- a;\n/* b; */ ; ;"_s << QStringList();
    QTest::newRow("two") << u"SELECT 1; SELECT 2;"_s << QStringList{u"SELECT 1"_s, u"SELECT 2"_s};
    QTest::newRow("last without semicolon")
        << u"SELECT 1;\nSELECT 2"_s << QStringList{u"SELECT 1"_s, u"SELECT 2"_s};
    QTest::newRow("line comment") << u"SELECT 1 -- not; here\n, 2;"_s << QStringList{u"SELECT 1  , 2"_s};
    QTest::newRow("block comment") << u"SELECT/* ; */1;"_s << QStringList{u"SELECT 1"_s};
    QTest::newRow("quotes") << u"SELECT ';', 'it''s;', \";\", [;], `;`;"_s
                            << QStringList{u"SELECT ';', 'it''s;', \";\", [;], `;`"_s};
    QTest::newRow("comment mark in quotes")
        << u"SELECT '-- /*'; SELECT 2"_s << QStringList{u"SELECT '-- /*'"_s, u"SELECT 2"_s};
    QTest::newRow("unclosed quote") << u"SELECT 'a;"_s << QStringList{u"SELECT 'a;"_s};
    const auto trigger = u"CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN "
                         "UPDATE b SET c = CASE WHEN 1 THEN 2 END; DELETE FROM d; END"_s;
    QTest::newRow("trigger") << QString(trigger + u"; SELECT 1;"_s) << QStringList{trigger, u"SELECT 1"_s};
    QTest::newRow("table named after a trigger")
        << u"CREATE TABLE a (trigger TEXT); SELECT 1"_s
        << QStringList{u"CREATE TABLE a (trigger TEXT)"_s, u"SELECT 1"_s};
}

void TestStatementSplitter::splits()
{
    QFETCH(const QString, script);
    QTEST(splitStatements(script), "statements");
}

QTEST_GUILESS_MAIN(TestStatementSplitter)
#include "tst_statementsplitter.moc"
