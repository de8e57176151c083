// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/jsonpath.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace backwatch;

/// JSON Pointer as in RFC 6901, and the part of JSONPath that is documented.
class TestJsonPath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsValues_data();
    void findsValues();
    void refusesNonsense_data();
    void refusesNonsense();
    void staysBounded();
};

void TestJsonPath::findsValues_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("found"); ///< as a JSON list
    const auto row = [](const char *path, const char *found) {
        QTest::newRow(path) << QString::fromUtf8(path) << QByteArray(found);
    };
    // The examples of RFC 6901, section 5.
    row("/foo", R"([["bar","baz"]])");
    row("/foo/0", R"(["bar"])");
    row("/", "[0]");
    row("/a~1b", "[1]");
    row("/c%d", "[2]");
    row("/i\\j", "[5]");
    row("/ ", "[7]");
    row("/m~0n", "[8]");
    row("/foo/2", "[]");
    row("/foo/-1", "[]");
    row("/foo/00", "[]");
    row("/7", R"(["seven"])");
    row("$.foo[0]", R"(["bar"])");
    row("$.foo[-1]", R"(["baz"])");
    row("$.foo[-3]", "[]");
    row("$['a/b']", "[1]");
    row("$[\"m~n\"]", "[8]");
    row("$['it\\'s']", "[9]");
    row("$.foo[*]", R"(["bar","baz"])");
    row("$.list[*].id", "[1,2]");
    row("$.list.*.id", "[1,2]");
    row("$..id", "[1,2,3]");
    row("$..deep.id", "[3]");
    row("$..['id']", "[1,2,3]");
    row("$.list[1].deep..*", "[3]");
    row("$.none.at.all", "[]");
}

void TestJsonPath::findsValues()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, found);
    const QByteArray text = R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"i\\j":5," ":7,"m~n":8,"it's":9,
        "7":"seven","list":[{"id":1},{"id":2,"deep":{"id":3}}]})";
    const QJsonDocument document = QJsonDocument::fromJson(text);
    QVERIFY(document.isObject());
    const auto parsed = JsonPath::parse(path);
    QVERIFY(parsed);
    QJsonArray values;
    for (const QJsonValue &value : parsed->valuesIn(document.object()))
        values.append(value);
    QCOMPARE(QJsonDocument(values).toJson(QJsonDocument::Compact), found);
}

void TestJsonPath::refusesNonsense_data()
{
    QTest::addColumn<QString>("path");
    for (const char *path : {"foo", "$foo", "$.", "$..", "$[", "$[]", "$['a", "$['a'", "$[1", "$[one]",
                             "$.a..", "$...a", "$.a[?(@.b)]", "$['a']b"})
        QTest::newRow(path) << QString::fromUtf8(path);
    QTest::newRow("too many steps") << QStringLiteral("$") + QStringLiteral("[0]").repeated(1000);
    QTest::newRow("too many names") << QStringLiteral("/a").repeated(1000);
}

void TestJsonPath::refusesNonsense()
{
    QFETCH(QString, path);
    const auto parsed = JsonPath::parse(path);
    QVERIFY(!parsed);
    QVERIFY(parsed.error().sentence.contains(QStringLiteral("Correct the monitor's JSON path")));
}

void TestJsonPath::staysBounded()
{
    // Every ".." would multiply what the one before found.
    const QByteArray nest = QByteArray(500, '[') + QByteArray(500, ']');
    const QJsonDocument document = QJsonDocument::fromJson(nest);
    QVERIFY(document.isArray());
    const auto path = JsonPath::parse(QStringLiteral("$") + QStringLiteral("..*").repeated(20));
    QVERIFY(path);
    QVERIFY(path->valuesIn(document.array()).size() <= JsonPath::kMostValues);
}

QTEST_GUILESS_MAIN(TestJsonPath)
#include "tst_jsonpath.moc"
