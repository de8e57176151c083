// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/familylanes.h"
#include "tests/app/probes/probefixture.h"
#include "tests/support/misbehavingserver.h"

#include <QtTest>

using namespace backwatch;

namespace {

const QByteArray kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// Answers every request with kOk and keeps the last one.
class Recorder
{
public:
    MisbehavingServer::Script script()
    {
        return [this](ServerConnection &connection) {
            const QByteArray head = connection.readHead();
            QByteArray body;
            const auto length = head.toLower().indexOf("\r\ncontent-length:");
            const qsizetype size =
                length < 0
                    ? 0
                    : head.mid(length + 17, head.indexOf('\r', length + 2) - length - 17).trimmed().toInt();
            while (body.size() < size) {
                const QByteArray piece = connection.read(65'536);
                if (piece.isEmpty())
                    break;
                body += piece;
            }
            {
                const std::lock_guard lock(m_mutex);
                m_request = head + body;
            }
            connection.write(kOk);
        };
    }
    QByteArray request()
    {
        const std::lock_guard lock(m_mutex);
        return m_request;
    }

private:
    std::mutex m_mutex;
    QByteArray m_request;
};

NameLookup lookupOf(const QByteArrayList &ipv4, const QByteArrayList &ipv6)
{
    return [=](const QByteArray &, AddressFamily family) -> NameAnswer {
        const QByteArrayList found = family == AddressFamily::Ipv4   ? ipv4
                                     : family == AddressFamily::Ipv6 ? ipv6
                                                                     : ipv4 + ipv6;
        if (found.isEmpty())
            return {NameAnswer::Status::NotFound, {}, {}};
        return {NameAnswer::Status::Found, found, {}};
    };
}

CheckResult lane(Outcome outcome, const char *detail)
{
    CheckResult result;
    result.sample.outcome = outcome;
    result.sample.detail = QString::fromUtf8(detail);
    return result;
}

} // namespace

/// What goes out: methods, logins, secrets, versions, and both families at once.
class TestHttpRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsMethods_data();
    void sendsMethods();
    void sendsCredentials_data();
    void sendsCredentials();
    void logsInWithDigest();
    void saysThatALoginFailed_data();
    void saysThatALoginFailed();
    void hidesSecrets();
    void refusesMissingSecrets_data();
    void refusesMissingSecrets();
    void wantsHttp2();
    void keepsSecretsFromOtherHosts();
    void asksBothFamilies();
    void mergesLanes_data();
    void mergesLanes();

private:
    ProbeFixture m_fixture;
};

void TestHttpRequests::sendsMethods_data()
{
    QTest::addColumn<HttpMethod>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("sent");
    QTest::newRow("PUT") << HttpMethod::Put << QByteArray("{}") << true;
    QTest::newRow("PUT nothing") << HttpMethod::Put << QByteArray() << true;
    QTest::newRow("PATCH much") << HttpMethod::Patch << QByteArray(300'000, 'x') << true;
    QTest::newRow("DELETE") << HttpMethod::Delete << QByteArray() << false;
    QTest::newRow("DELETE with a body") << HttpMethod::Delete << QByteArray("a") << true;
    QTest::newRow("OPTIONS") << HttpMethod::Options << QByteArray("ignored") << false;
    QTest::newRow("GET") << HttpMethod::Get << QByteArray("ignored") << false;
}

void TestHttpRequests::sendsMethods()
{
    QFETCH(HttpMethod, method);
    QFETCH(QByteArray, body);
    QFETCH(bool, sent);
    Recorder recorder;
    MisbehavingServer server(recorder.script());
    HttpCheck check = checkOf(server.url());
    check.method = method;
    check.body = body;
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), QStringLiteral("ok"));
    QByteArray expected = httpMethodName(method).toLatin1() + " / HTTP/1.1\r\n";
    for (const auto &[name, value] : result.exchange->requestHeaders)
        expected += name + ": " + value + "\r\n";
    QCOMPARE(recorder.request(), expected + "\r\n" + (sent ? body : QByteArray()));
    QCOMPARE(expected.contains("Content-Length"), sent);
    QVERIFY(!expected.contains("Content-Type"));
}

void TestHttpRequests::sendsCredentials_data()
{
    QTest::addColumn<HttpAuthentication::Kind>("kind");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("Basic") << HttpAuthentication::Kind::Basic
                           << QByteArray("Basic " + QByteArray("anna:pass\xc3\xb6").toBase64());
    QTest::newRow("Bearer") << HttpAuthentication::Kind::Bearer << QByteArray("Bearer pass\xc3\xb6");
}

void TestHttpRequests::sendsCredentials()
{
    QFETCH(HttpAuthentication::Kind, kind);
    QFETCH(QByteArray, field);
    Recorder recorder;
    MisbehavingServer server(recorder.script());
    HttpCheck check = checkOf(server.url());
    check.headers = {{"authorization", "Basic old"}};
    check.authentication = {kind, QStringLiteral("anna"), {QStringLiteral("shop"), QStringLiteral("passö")}};
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), QStringLiteral("ok"));
    QVERIFY(recorder.request().contains(QByteArray("\r\nAuthorization: " + field + "\r\n")));
    QVERIFY(!recorder.request().contains("Basic old"));
    QCOMPARE(headerValue(result.exchange->requestHeaders, "Authorization"), "[removed]");
}

void TestHttpRequests::logsInWithDigest()
{
    std::mutex mutex;
    QByteArrayList requests;
    const bool accepts[] = {true, false};
    for (const bool accept : accepts) {
        requests.clear();
        MisbehavingServer server([&](ServerConnection &connection) {
            const QByteArray head = connection.readHead();
            const bool second = head.contains("\r\nAuthorization: Digest ");
            if (second)
                connection.read(3);
            {
                const std::lock_guard lock(mutex);
                requests.append(head);
            }
            connection.write(second && accept ? kOk
                                              : "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest "
                                                "realm=\"shop\", nonce=\"abc\", qop=\"auth\"\r\n"
                                                "X-First: yes\r\nContent-Length: 4\r\n\r\nnope");
        });
        HttpCheck check = checkOf(server.url());
        check.method = HttpMethod::Post;
        check.body = "a=b";
        check.authentication = {HttpAuthentication::Kind::Digest,
                                QStringLiteral("anna"),
                                {QStringLiteral("shop"), QStringLiteral("secret")}};
        const auto result = m_fixture.check(check);
        QCOMPARE(idOf(result), accept ? QStringLiteral("ok") : QStringLiteral("auth-rejected"));
        QCOMPARE(result.exchange->body, accept ? QByteArray("ok") : QByteArray("nope"));
        QCOMPARE(headerValue(result.exchange->responseHeaders, "X-First").isNull(), accept);
        QCOMPARE(headerValue(result.exchange->requestHeaders, "Authorization"), "[removed]");
        QCOMPARE(phaseNames(result.sample.phases), QStringLiteral("connect send wait receive"));
        const std::lock_guard lock(mutex);
        QCOMPARE(requests.size(), 2);
        QVERIFY(requests.last().contains("username=\"anna\""));
        QVERIFY(!requests.last().contains("secret"));
    }
}

void TestHttpRequests::saysThatALoginFailed_data()
{
    QTest::addColumn<HttpAuthentication::Kind>("kind");
    QTest::addColumn<QString>("user"); ///< in the URL
    QTest::addColumn<QString>("outcome");
    using Kind = HttpAuthentication::Kind;
    const QString rejected = QStringLiteral("auth-rejected");
    QTest::newRow("none") << Kind::None << QString() << QStringLiteral("http-status");
    QTest::newRow("URL") << Kind::None << QStringLiteral("anna") << rejected;
    QTest::newRow("Basic") << Kind::Basic << QString() << rejected;
    QTest::newRow("Bearer") << Kind::Bearer << QString() << rejected;
}

void TestHttpRequests::saysThatALoginFailed()
{
    QFETCH(HttpAuthentication::Kind, kind);
    QFETCH(QString, user);
    QFETCH(QString, outcome);
    MisbehavingServer server(
        MisbehavingServer::say("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"));
    QUrl url = server.url();
    url.setUserName(user);
    HttpCheck check = checkOf(url);
    check.authentication = {kind, {}, {{}, QStringLiteral("hunter2")}};
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), outcome);
    QVERIFY(result.sample.detail.startsWith(QStringLiteral("401 Unauthorized")));
    QVERIFY(!result.sample.detail.contains(QStringLiteral("hunter2")));
    check.expect.status = {{401, 401}};
    QCOMPARE(idOf(m_fixture.check(check)), QStringLiteral("ok"));
}

void TestHttpRequests::hidesSecrets()
{
    Recorder recorder;
    MisbehavingServer server(recorder.script());
    HttpCheck check = checkOf(server.url());
    check.headers = {{"X-Plain", "seen"}};
    check.secretHeaders = {{"X-Api-Key", {QStringLiteral("api"), QStringLiteral("hunter2")}}};
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), QStringLiteral("ok"));
    QVERIFY(recorder.request().contains("\r\nX-Api-Key: hunter2\r\n"));
    QCOMPARE(headerValue(result.exchange->requestHeaders, "X-Api-Key"), "[removed]");
    QCOMPARE(headerValue(result.exchange->requestHeaders, "X-Plain"), "seen");
}

void TestHttpRequests::refusesMissingSecrets_data()
{
    QTest::addColumn<std::function<void(HttpCheck &)>>("change");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const char *detail,
                        const std::function<void(HttpCheck &)> &change) {
        QTest::newRow(name) << change << QString::fromUtf8(detail);
    };
    const Secret empty{QStringLiteral("shop/key"), {}};
    const char *missing = "The secret “shop/key” is not in the keychain";
    row("field", missing, [=](HttpCheck &check) { check.secretHeaders = {{"X", empty}}; });
    row("password", missing, [=](HttpCheck &check) {
        check.authentication = {HttpAuthentication::Kind::Basic, {}, empty};
    });
    row("token", missing, [=](HttpCheck &check) {
        check.authentication = {HttpAuthentication::Kind::Bearer, {}, empty};
    });
    row("no token", "shows a token, but none is chosen",
        [](HttpCheck &check) { check.authentication.kind = HttpAuthentication::Kind::Bearer; });
    row("proxy", missing, [=](HttpCheck &check) {
        check.proxy = QStringLiteral("http://127.0.0.1:1");
        check.proxyPassword = empty;
    });
    row("passphrase", missing, [=](HttpCheck &check) {
        check.tls.certificate = QStringLiteral("/nowhere.pem");
        check.tls.passphrase = empty;
    });
    row("line break", "has a character that is not allowed", [](HttpCheck &check) {
        check.secretHeaders = {{"X", {QStringLiteral("k"), QStringLiteral("hunter2\r\nY: z")}}};
    });
    row("line break in token", "token has a character that is not allowed", [](HttpCheck &check) {
        check.authentication = {HttpAuthentication::Kind::Bearer, {}, {{}, QStringLiteral("hunter2\n")}};
    });
    row("proxy scheme", "The monitor's proxy is not an address",
        [](HttpCheck &check) { check.proxy = QStringLiteral("ftp://hunter2@127.0.0.1"); });
}

void TestHttpRequests::refusesMissingSecrets()
{
    QFETCH(std::function<void(HttpCheck &)>, change);
    QFETCH(QString, detail);
    MisbehavingServer server(MisbehavingServer::say(kOk));
    HttpCheck check = checkOf(server.url());
    change(check);
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), QStringLiteral("internal"));
    QVERIFY2(result.sample.detail.contains(detail), qPrintable(result.sample.detail));
    QVERIFY(!result.sample.detail.contains(QStringLiteral("hunter2")));
    QCOMPARE(server.connections(), 0);
}

void TestHttpRequests::wantsHttp2()
{
    Recorder recorder;
    MisbehavingServer server([&, script = recorder.script()](ServerConnection &connection) {
        script(connection);
        connection.waitForClose();
    });
    HttpCheck check = checkOf(server.url());
    check.version = HttpVersion::Http2;
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), QStringLiteral("protocol-error"));
    QVERIFY2(result.sample.detail.contains(QStringLiteral("HTTP/2")), qPrintable(result.sample.detail));
    QVERIFY(recorder.request().startsWith("PRI * HTTP/2.0"));
}

void TestHttpRequests::keepsSecretsFromOtherHosts()
{
    Recorder recorder;
    MisbehavingServer other(recorder.script());
    MisbehavingServer server(MisbehavingServer::say(
        "HTTP/1.1 302 Found\r\nLocation: http://localhost:" + QByteArray::number(other.port()) +
        "/\r\nContent-Length: 0\r\n\r\n"));
    HttpCheck check = checkOf(server.url());
    check.secretHeaders = {{"X-Api-Key", {QStringLiteral("api"), QStringLiteral("hunter2")}}};
    check.authentication = {HttpAuthentication::Kind::Bearer, {}, {{}, QStringLiteral("hunter3")}};
    QCOMPARE(idOf(m_fixture.check(check)), QStringLiteral("ok"));
    QVERIFY(recorder.request().startsWith("GET / HTTP/1.1"));
    QVERIFY(!recorder.request().contains("hunter"));
}

void TestHttpRequests::asksBothFamilies()
{
    MisbehavingServer server(MisbehavingServer::say(kOk));
    HttpCheck check = checkOf(QUrl(QStringLiteral("http://both.example:%1/").arg(server.port())));
    check.family = AddressFamily::Both;

    ProbeFixture dead({}, lookupOf({"127.0.0.1"}, {"::1"}));
    const auto partial = dead.check(check);
    QCOMPARE(idOf(partial), QStringLiteral("partial"));
    QCOMPARE(partial.sample.address, QStringLiteral("127.0.0.1"));
    QCOMPARE(partial.sample.httpStatus, 200);
    QVERIFY2(partial.sample.detail.startsWith(QStringLiteral("200 OK over IPv4, but IPv6 fails: [::1]:")),
             qPrintable(partial.sample.detail));

    ProbeFixture nameless({}, lookupOf({"127.0.0.1"}, {}));
    QCOMPARE(idOf(nameless.check(check)), QStringLiteral("partial"));
    ProbeFixture none({}, lookupOf({}, {}));
    QCOMPARE(idOf(none.check(check)), QStringLiteral("dns-not-found"));

    const auto token = dead.start(check);
    dead.cancel(token);
    const QString cancelled = idOf(dead.take(token));
    QVERIFY(cancelled == QStringLiteral("cancelled") || cancelled == QStringLiteral("partial"));

    check.url = server.url();
    QCOMPARE(idOf(m_fixture.check(check)), QStringLiteral("ok"));
}

void TestHttpRequests::mergesLanes_data()
{
    QTest::addColumn<Outcome>("ipv4");
    QTest::addColumn<Outcome>("ipv6");
    QTest::addColumn<Outcome>("merged");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, Outcome ipv4, Outcome ipv6, Outcome merged, const char *detail) {
        QTest::newRow(name) << ipv4 << ipv6 << merged << QString::fromUtf8(detail);
    };
    using O = Outcome;
    row("both", O::Ok, O::Ok, O::Ok, "four");
    row("both, one slow", O::Ok, O::Slow, O::Slow, "six");
    row("both slow", O::Slow, O::CertificateExpiring, O::Slow, "four");
    row("IPv6 dead", O::Ok, O::ConnectRefused, O::Partial, "four over IPv4, but IPv6 fails: six");
    row("IPv4 dead", O::HttpStatus, O::Ok, O::Partial, "six over IPv6, but IPv4 fails: four");
    row("both dead", O::HttpStatus, O::ConnectRefused, O::HttpStatus, "four");
    row("cancelled", O::Cancelled, O::Ok, O::Cancelled, "four");
    row("cancelled later", O::Ok, O::Cancelled, O::Cancelled, "six");
    row("own trouble", O::Ok, O::Internal, O::Ok, "four");
    row("own trouble and dead", O::Internal, O::ConnectRefused, O::ConnectRefused, "six");
}

void TestHttpRequests::mergesLanes()
{
    QFETCH(Outcome, ipv4);
    QFETCH(Outcome, ipv6);
    QFETCH(Outcome, merged);
    QFETCH(QString, detail);
    const auto result = mergedLanes(lane(ipv4, "four"), lane(ipv6, "six"));
    QCOMPARE(result.sample.outcome, merged);
    QCOMPARE(result.sample.detail, detail);
}

QTEST_GUILESS_MAIN(TestHttpRequests)
#include "tst_httprequests.moc"
