// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/probes/probefixture.h"
#include "tests/support/misbehavingserver.h"

#include <QtTest>

using namespace backwatch;

namespace {

using Json = JsonExpectation;
using Change = std::function<void(HttpExpectation &)>;

QByteArray answer(const QByteArray &body, const QByteArray &fields = "Content-Type: text/html\r\n")
{
    return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + QByteArray::number(body.size()) +
           "\r\n\r\n" + body;
}

} // namespace

/// What has to be true of an answer: each expectation met, missed, and wrongly put.
class TestHttpExpectations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesHeaders_data();
    void judgesHeaders();
    void judgesBodies_data();
    void judgesBodies();
    void judgesJson_data();
    void judgesJson();
    void readsRetryAfter();

private:
    void compare(const QByteArray &bytes, const Change &change, const QString &outcome,
                 const QString &detail);

    ProbeFixture m_fixture;
};

void TestHttpExpectations::compare(const QByteArray &bytes, const Change &change, const QString &outcome,
                                   const QString &detail)
{
    MisbehavingServer server(MisbehavingServer::say(bytes));
    HttpCheck check = checkOf(server.url());
    change(check.expect);
    const auto result = m_fixture.check(check);
    QVERIFY2(result.sample.detail.contains(detail), qPrintable(result.sample.detail));
    QCOMPARE(idOf(result), outcome);
    QVERIFY(result.sample.detail.size() < 600);
    for (const QChar c : result.sample.detail)
        QVERIFY(c.isPrint());
}

void TestHttpExpectations::judgesHeaders_data()
{
    QTest::addColumn<HeaderExpectation>("expect");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const HeaderExpectation &expect, const char *outcome,
                        const char *detail) {
        QTest::newRow(name) << expect << QString::fromLatin1(outcome) << QString::fromUtf8(detail);
    };
    row("there", {"x-cache", {}, {}}, "ok", "200 OK");
    row("absent", {"X-Missing", {}, {}}, "header-mismatch", "has no header field “X-Missing”");
    row("contains", {"X-Cache", QStringLiteral("HIT"), {}}, "ok", "200 OK");
    row("contains not", {"X-Cache", QStringLiteral("MISS"), {}}, "header-mismatch",
        "“X-Cache” is “HIT, from edge” and does not contain “MISS”");
    row("of several", {"Via", QStringLiteral("1.1 b"), {}}, "ok", "200 OK");
    row("matches", {"Age", {}, QStringLiteral("^\\d+$")}, "ok", "200 OK");
    row("matches not", {"Age", {}, QStringLiteral("^0$")}, "header-mismatch",
        "is “42” and does not match “^0$”");
    row("no expression", {"Age", {}, QStringLiteral("(")}, "internal", "is not a regular expression");
    row("bait", {"X-Bait", {}, QStringLiteral("(a+)+$")}, "header-mismatch", "takes too long");
    row("control characters", {"X-Raw", QStringLiteral("y"), {}}, "header-mismatch", "is “x[31mred”");
}

void TestHttpExpectations::judgesHeaders()
{
    QFETCH(HeaderExpectation, expect);
    QFETCH(QString, outcome);
    QFETCH(QString, detail);
    compare(
        answer("x",
               "X-Cache: HIT, from edge\r\nVia: 1.1 a\r\nVia: 1.1 b\r\nAge: 42\r\nX-Raw: x\x1b[31mred\r\n"
               "X-Bait: " +
                   QByteArray(5'000, 'a') + "!\r\n"),
        [&](HttpExpectation &e) { e.headers = {expect}; }, outcome, detail);
}

void TestHttpExpectations::judgesBodies_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const QByteArray &body, const char *outcome, const char *detail,
                        const Change &change) {
        QTest::newRow(name) << change << body << QString::fromLatin1(outcome) << QString::fromUtf8(detail);
    };
    const QString error = QStringLiteral("Fatal error");
    const auto lacks = [error](HttpExpectation &e) { e.bodyLacks = error; };
    row("lacks", "all is well", "ok", "200 OK", lacks);
    row("lacks not", "x Fatal error y", "body-mismatch", "the text “Fatal error” is in the answer", lacks);
    row("lacks, behind the window", QByteArray(1024 * 1024, 'x') + "Fatal error", "ok", "200 OK", lacks);
    const auto matches = [](const char *text) -> Change {
        return [text](HttpExpectation &e) { e.bodyMatches = QString::fromUtf8(text); };
    };
    row("matches", "Total: 12", "ok", "200 OK", matches("Total: \\d+"));
    row("matches UTF-8", "K\xc3\xb6rbe", "ok", "200 OK", matches("K.rbe"));
    row("matches not", "Total: -", "body-mismatch", "nothing in the answer matches “Total: \\d+” (8 byte(s))",
        matches("Total: \\d+"));
    row("no expression", "x", "internal", "“[” is not a regular expression", matches("["));
    row("bait", QByteArray(QByteArray(1'023, 'a') + '!').repeated(10'240), "body-mismatch", "takes too long",
        matches("(a+)+$"));
    row("invalid UTF-8 and NUL", QByteArray("a\0b\xff\xfe Total: 1", 14), "ok", "200 OK", matches("Total"));
    const auto size = [](std::optional<qint64> least, std::optional<qint64> most) -> Change {
        return [least, most](HttpExpectation &e) {
            e.leastBytes = least;
            e.mostBytes = most;
        };
    };
    row("size", "12345", "ok", "200 OK", size(5, 5));
    row("too short", "12345", "body-mismatch", "is 5 byte(s) long; expected at least 6", size(6, {}));
    row("too long", "12345", "body-mismatch", "is 5 byte(s) long; expected at most 4", size({}, 4));
}

void TestHttpExpectations::judgesBodies()
{
    QFETCH(Change, change);
    QFETCH(QByteArray, body);
    QFETCH(QString, outcome);
    QFETCH(QString, detail);
    compare(answer(body), change, outcome, detail);
}

void TestHttpExpectations::judgesJson_data()
{
    QTest::addColumn<Json>("expect");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("detail");
    const QByteArray health = R"({"status":"UP","count":12,"big":9007199254740993,"ratio":0.5,"none":null,
        "ready":true,"parts":[{"name":"db","ok":true},{"name":"mq","ok":false}],"text":"17"})";
    const auto row = [&](const char *name, const char *path, Json::Test test, const char *value,
                         const char *detail = nullptr, const char *outcome = "json-mismatch",
                         const QByteArray &body = {}) {
        QTest::newRow(name) << Json{QString::fromUtf8(path), test, QString::fromUtf8(value)}
                            << (body.isNull() ? health : body) << QString::fromLatin1(detail ? outcome : "ok")
                            << QString::fromUtf8(detail ? detail : "200 OK");
    };
    using Test = Json::Test;
    row("exists", "/parts/1/name", Test::Exists, "");
    row("exists not", "/parts/2", Test::Exists, "", "has no value at /parts/2");
    row("null exists", "/none", Test::Exists, "");
    row("equals text", "$.status", Test::Equals, "\"UP\"");
    row("equals bare word", "$.status", Test::Equals, "UP");
    row("equals not", "$.status", Test::Equals, "\"DOWN\"", "value at $.status is \"UP\"; expected \"DOWN\"");
    row("number", "/count", Test::Equals, "12.0");
    row("big number", "/big", Test::Equals, "9007199254740993");
    row("big number not", "/big", Test::Equals, "9007199254740992", "expected 9007199254740992");
    row("text is no number", "/text", Test::Equals, "17", "is \"17\"; expected 17");
    row("null", "/none", Test::Equals, "null");
    row("true", "/ready", Test::Equals, "true");
    row("differs", "/status", Test::Differs, "\"DOWN\"");
    row("differs not", "/status", Test::Differs, "\"UP\"", "expected anything but \"UP\"");
    row("differs, absent", "/nothing", Test::Differs, "\"UP\"");
    row("less", "/ratio", Test::Less, "0.6");
    row("less not", "/count", Test::Less, "12", "is 12; expected less than 12");
    row("greater", "/text", Test::Greater, "16");
    row("greater not", "/status", Test::Greater, "16", "is \"UP\"; expected more than 16");
    row("contains", "/status", Test::Contains, "P");
    row("contains name", "/parts/0", Test::Contains, "ok");
    row("contains not", "/status", Test::Contains, "Q", "expected something with “Q”");
    row("matches", "/status", Test::Matches, "^U.$");
    row("matches not", "/status", Test::Matches, "^D", "expected a match for “^D”");
    row("any of several", "$.parts[*].ok", Test::Equals, "false");
    row("none of several", "$.parts[*].name", Test::Equals, "\"x\"", "is \"db\"; expected \"x\"");
    row("all of several", "$.parts[*].ok", Test::Differs, "false", "expected anything but false");
    row("no path", "parts", Test::Exists, "", "neither a JSON Pointer", "internal");
    row("no expression", "/status", Test::Matches, "(", "not a regular expression", "internal");
    row("bait", "", Test::Matches, "(a+)+$", "takes too long", "json-mismatch",
        '"' + QByteArray(1'000'000, 'a') + "!\"");
    row("no JSON", "/a", Test::Exists, "", "is not JSON: “<html>”", "json-mismatch", "<html>");
    row("cut JSON", "/a", Test::Exists, "", "is not JSON", "json-mismatch", R"({"a": 1)");
    row("two documents", "", Test::Exists, "", "is not JSON", "json-mismatch", "1,2");
    row("empty", "/a", Test::Exists, "", "is empty", "json-mismatch", "");
    row("bare number", "", Test::Equals, "5", nullptr, "ok", "5");
    row("byte order mark", "/a", Test::Equals, "1", nullptr, "ok", "\xef\xbb\xbf{\"a\":1}");
    row("bottomless", "/a", Test::Exists, "", "is not JSON", "json-mismatch", QByteArray(500'000, '['));
    row("too long", "/a", Test::Exists, "", "longer than the 1024 kilobyte", "json-mismatch",
        R"({"a":")" + QByteArray(1024 * 1024, 'x') + "\"}");
}

void TestHttpExpectations::judgesJson()
{
    QFETCH(Json, expect);
    QFETCH(QByteArray, body);
    QFETCH(QString, outcome);
    QFETCH(QString, detail);
    compare(
        answer(body), [&](HttpExpectation &e) { e.json = {expect}; }, outcome, detail);
}

void TestHttpExpectations::readsRetryAfter()
{
    MisbehavingServer server(MisbehavingServer::say(
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 90\r\nContent-Length: 0\r\n\r\n"));
    const auto result = m_fixture.check(checkOf(server.url()));
    QCOMPARE(idOf(result), QStringLiteral("http-status"));
    QVERIFY(result.sample.retryAfter);
    QCOMPARE(qint64(result.sample.retryAfter->count()), 90);
}

QTEST_GUILESS_MAIN(TestHttpExpectations)
#include "tst_httpexpectations.moc"
