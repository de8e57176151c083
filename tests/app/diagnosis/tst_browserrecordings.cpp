// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/reasoning.h"
#include "app/history/evidencecodec.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString kFolder = QStringLiteral(BACKWATCH_TEST_DATA "/browsers/");

QByteArray contentOf(const QString &name)
{
    QFile file(kFolder + name + u".har");
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(file.fileName()));
    return file.readAll();
}

Exchange exchangeOf(const QString &name)
{
    const auto exchange = exchangeFromHar(contentOf(name));
    if (!exchange)
        qFatal("%s: %s", qPrintable(name), qPrintable(exchange.error().sentence));
    return *exchange;
}

QByteArrayList namesOf(const HttpHeaders &headers)
{
    QByteArrayList names;
    for (const auto &header : headers)
        names += header.name;
    return names;
}

/// The recording with one entry more, as another program may write it.
QByteArray with(const QString &name, const QByteArray &entry)
{
    QJsonObject root = QJsonDocument::fromJson(contentOf(name)).object();
    QJsonObject log = root["log"_L1].toObject();
    QJsonArray entries = log["entries"_L1].toArray();
    entries.append(QJsonDocument::fromJson(entry).object());
    log["entries"_L1] = entries;
    root["log"_L1] = log;
    return QJsonDocument(root).toJson();
}

} // namespace

/// What Firefox and Chromium export is read as they mean it, and the exchange that failed is found in it.
class TestBrowserRecordings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void verdict_data();
    void verdict();
    void firefoxTimings();
    void chromiumTimings();
    void noAnswerHasNoTimings();
    void headersAreThoseThatWereSent();
    void bodies();
    void binaryBody();
    void whatIsExplained_data();
    void whatIsExplained();
    void everyMemberMayBeMissing_data();
    void everyMemberMayBeMissing();

private:
    std::optional<Fingerprints> m_fingerprints;
};

void TestBrowserRecordings::initTestCase()
{
    auto fingerprints = Fingerprints::load(u":/fingerprints"_s);
    QVERIFY2(fingerprints, fingerprints ? "" : qPrintable(fingerprints.error().sentence));
    m_fingerprints = *std::move(fingerprints);
}

void TestBrowserRecordings::verdict_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("producer");
    QTest::addColumn<QString>("cause"); // empty: no verdict
    const auto row = [](const char *name, int number, int status, const QString &version,
                        const QString &producer, const QString &cause) {
        QTest::newRow(name) << number << status << version << producer << cause;
    };
    const QString h1 = u"1.1"_s;
    const QString h2 = u"2"_s;
    const QString none;
    row("firefox-varnish-503", 1, 503, h1, u"varnish"_s, u"upstream-refused"_s);
    row("chromium-varnish-503", 1, 503, h1, u"varnish"_s, u"upstream-refused"_s);
    row("firefox-nginx-502-h2", 1, 502, h2, u"nginx"_s, u"upstream-refused"_s);
    row("chromium-nginx-502-h2", 1, 502, h2, u"nginx"_s, u"upstream-refused"_s);
    row("firefox-gunicorn-500", 1, 500, h1, u"gunicorn"_s, u"application-error"_s);
    row("chromium-gunicorn-500", 1, 500, h1, u"gunicorn"_s, u"application-error"_s);
    row("firefox-session", 3, 503, h1, u"varnish"_s, u"upstream-refused"_s);
    row("chromium-session", 3, 503, h1, u"varnish"_s, u"upstream-refused"_s);
    row("firefox-api-503", 2, 503, h2, u"varnish"_s, u"upstream-refused"_s);
    row("chromium-api-503", 2, 503, h2, u"varnish"_s, u"upstream-refused"_s);
    row("firefox-image-502", 2, 502, h1, u"nginx"_s, u"upstream-refused"_s);
    row("chromium-image-502", 2, 502, h1, u"nginx"_s, u"upstream-refused"_s);
    row("firefox-cut-short", 1, 200, h1, none, u"truncated"_s);
    row("chromium-cut-short", 1, 200, h1, none, u"truncated"_s);
    // The page is well; that a picture of it is not there (the entry after it) is not what failed.
    row("firefox-healthy", 1, 304, h1, none, none);
    row("chromium-healthy", 1, 200, h1, none, none);
    // Chromium says why there was no answer. Firefox does not, but for certificates.
    row("chromium-refused", 1, 0, none, none, u"upstream-refused"_s);
    row("chromium-empty", 1, 0, none, none, u"upstream-closed"_s);
    row("chromium-untrusted", 1, 0, none, none, u"upstream-tls"_s);
    row("chromium-unknown-name", 1, 0, none, none, u"upstream-unresolved"_s);
    row("firefox-refused", 1, 0, none, none, none);
    row("firefox-empty", 1, 0, none, none, none);
    row("firefox-untrusted", 1, 0, none, none, u"upstream-tls"_s);
    row("firefox-garbage", 1, 200, u"0.9"_s, none, u"upstream-invalid"_s);
}

void TestBrowserRecordings::verdict()
{
    QFETCH(const int, number);
    QFETCH(const int, status);
    QFETCH(const QString, version);
    QFETCH(const QString, producer);
    QFETCH(const QString, cause);
    const auto recorded = recordedExchange(contentOf(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY2(recorded, recorded ? "" : qPrintable(recorded.error().sentence));
    const Exchange &exchange = recorded->exchange;
    QCOMPARE(recorded->number, number);
    QCOMPARE(exchange.status, status);
    QCOMPARE(exchange.httpVersion, version);
    QVERIFY(exchange.startedAt > 1'795'771'000'000 && exchange.startedAt < 1'795'772'500'000);
    const Diagnosis found = diagnose(exchange, m_fingerprints->recognise(exchange), {});
    if (status >= 500)
        QCOMPARE(found.recognition.producer, producer);
    QCOMPARE(found.causes.isEmpty() ? QString() : causeId(found.causes.first().kind).toString(), cause);
}

/// Whole milliseconds, 0 for what did not happen, and TLS beside the connection.
void TestBrowserRecordings::firefoxTimings()
{
    const Phases plain = exchangeOf(u"firefox-varnish-503"_s).phases;
    QVERIFY(!plain.dns && !plain.tls);
    QCOMPARE(plain.connect, microseconds(3ms));
    QCOMPARE(plain.send, microseconds(0));
    QCOMPARE(plain.wait, microseconds(6ms));
    QCOMPARE(plain.total, microseconds(11ms));
    const Phases secure = exchangeOf(u"firefox-nginx-502-h2"_s).phases;
    QVERIFY(!secure.connect);
    QCOMPARE(secure.tls, microseconds(32ms));
    // Both at once, where the one is not part of the other.
    const QByteArray slow = contentOf(u"firefox-nginx-502-h2"_s).replace("\"connect\":0", "\"connect\":50");
    const auto both = exchangeFromHar(slow);
    QVERIFY(both);
    QCOMPARE(both->phases.connect, microseconds(50ms));
    QCOMPARE(both->phases.tls, microseconds(32ms));
}

/// Fractions, -1 for what did not happen, and TLS within the connection.
void TestBrowserRecordings::chromiumTimings()
{
    const Phases secure = exchangeOf(u"chromium-nginx-502-h2"_s).phases;
    QCOMPARE(secure.connect, microseconds(78'318 - 77'787));
    QCOMPARE(secure.tls, microseconds(77'787));
    QCOMPARE(secure.wait, microseconds(11'028));
    QCOMPARE(secure.total, microseconds(94'821));
    const Phases again = exchangeOf(u"chromium-api-503"_s).phases; // over the same connection
    QVERIFY(!again.dns && !again.connect && !again.tls);
    QCOMPARE(again.wait, microseconds(2'428));
}

void TestBrowserRecordings::noAnswerHasNoTimings()
{
    for (const auto &name : {u"firefox-refused"_s, u"chromium-refused"_s}) {
        const Exchange exchange = exchangeOf(name);
        const Phases &phases = exchange.phases;
        QVERIFY2(!phases.dns && !phases.connect && !phases.tls && !phases.send && !phases.wait &&
                     !phases.receive,
                 qPrintable(name));
        QVERIFY(exchange.address.isEmpty() && exchange.responseHeaders.isEmpty() && exchange.body.isEmpty());
        QCOMPARE(exchange.bodySize, 0);
    }
    QCOMPARE(exchangeOf(u"firefox-varnish-503"_s).address, u"127.0.0.1"_s);
    QCOMPARE(exchangeOf(u"chromium-varnish-503"_s).address, u"127.0.0.1"_s);
}

/// In the order of the recording (Chromium sorts them itself), without what the browser puts among them.
void TestBrowserRecordings::headersAreThoseThatWereSent()
{
    QCOMPARE(namesOf(exchangeOf(u"firefox-nginx-502-h2"_s).responseHeaders),
             QByteArrayList({"server", "date", "content-type", "content-length"}));
    QCOMPARE(namesOf(exchangeOf(u"firefox-varnish-503"_s).responseHeaders),
             QByteArrayList({"Date", "Server", "Content-Type", "Retry-After", "X-Varnish", "Age", "Via",
                             "Content-Length", "Connection"}));
    const Exchange chromium = exchangeOf(u"chromium-api-503"_s);
    QCOMPARE(namesOf(chromium.responseHeaders),
             QByteArrayList({"age", "content-length", "content-type", "date", "retry-after", "server", "via",
                             "x-varnish"}));
    QCOMPARE(namesOf(chromium.requestHeaders).first(), QByteArray("accept")); // not :authority
    QCOMPARE(headerValue(chromium.responseHeaders, "X-Varnish"), QByteArray("65548"));
    QCOMPARE(chromium.method, QByteArray("POST"));
    QCOMPARE(chromium.reason, QByteArray());
}

void TestBrowserRecordings::bodies()
{
    for (const auto &name : {u"firefox-varnish-503"_s, u"chromium-varnish-503"_s}) {
        const Exchange exchange = exchangeOf(name);
        QCOMPARE(exchange.reason, QByteArray("Backend fetch failed"));
        QVERIFY(exchange.body.startsWith("<!DOCTYPE html>\n<html>") && exchange.body.endsWith("</html>\n"));
        QCOMPARE(exchange.bodySize, 282); // Firefox says 532, with the headers
        QVERIFY(!exchange.truncated);
    }
    const Exchange unpacked = exchangeOf(u"chromium-healthy"_s);
    QVERIFY(unpacked.body.contains("Shop – Grüße"));
    QCOMPARE(unpacked.bodySize, unpacked.body.size());
    for (const auto &name : {u"firefox-cut-short"_s, u"chromium-cut-short"_s}) {
        const Exchange cut = exchangeOf(name);
        QVERIFY(cut.truncated);
        QCOMPARE(cut.body, QByteArray("<!doctype html><title>Shop</title><p>Basket"));
        QCOMPARE(cut.bodySize, cut.body.size());
    }
}

/// The late picture of the page is in both recordings; as if it were the only entry.
void TestBrowserRecordings::binaryBody()
{
    for (const auto &name : {u"firefox-api-503"_s, u"chromium-api-503"_s}) {
        QJsonObject log = QJsonDocument::fromJson(contentOf(name)).object()["log"_L1].toObject();
        log["entries"_L1] = QJsonArray{log["entries"_L1].toArray().last()};
        const auto picture = exchangeFromHar(QJsonDocument(QJsonObject{{u"log"_s, log}}).toJson());
        QVERIFY(picture);
        QCOMPARE(picture->url.query(), u"late"_s);
        QVERIFY(picture->body.startsWith("\x89PNG\r\n"));
        QCOMPARE(picture->bodySize, 79);
    }
}

void TestBrowserRecordings::whatIsExplained_data()
{
    QTest::addColumn<QString>("recording");
    QTest::addColumn<QByteArray>("entry"); // after all others
    QTest::addColumn<bool>("isExplained");
    const auto row = [](const char *what, const QString &recording, const QByteArray &entry, bool is) {
        QTest::newRow(what) << recording << entry << is;
    };
    const QString failed = u"chromium-refused"_s;
    const QString well = u"chromium-healthy"_s;
    const auto answer = [](const QByteArray &type, const QByteArray &status,
                           const QByteArray &error = "null") {
        return QByteArray(R"({"_resourceType":")" + type +
                          R"(","request":{"url":"http://shop.example/"},"response":{"status":)" + status +
                          R"(,"_error":)" + error + "}}");
    };
    row("picture of the browser's own error page", failed,
        R"({"_resourceType":"document","request":{"url":"data:image/png;base64,iVBORw0K"},)"
        R"("response":{"status":200}})",
        false);
    row("an extension of the browser", failed,
        R"({"request":{"url":"chrome-extension://abc/x.js"},"response":{"status":503}})", false);
    row("good page after the failure", failed, answer("document", "200"), false);
    row("page that is not found, after the failure", failed, answer("document", "404"), false);
    row("picture that fails too", failed, answer("image", "503"), false);
    row("data that fail too", failed, answer("fetch", "503"), false);
    row("another page that fails", failed, answer("document", "503"), true);
    row("a failure of who knows what", failed,
        R"({"request":{"url":"http://shop.example/"},"response":{"status":503}})", true);
    row("somebody went on", failed, answer("document", "0", R"("net::ERR_ABORTED")"), false);
    row("kept away by a blocker", well, answer("script", "0", R"("net::ERR_BLOCKED_BY_CLIENT")"), false);
    row("data that are not found", well, answer("xhr", "404"), true);
    row("script that is not found", well, answer("script", "404"), false);
    row("too many requests", well, answer("script", "429"), true);
    row("reset on the way", well, answer("script", "0", R"("net::ERR_CONNECTION_RESET")"), true);
    row("half a script", well, answer("script", "200", R"("net::ERR_INCOMPLETE_CHUNKED_ENCODING")"), true);
    row("the last of two good pages", well, answer("document", "200"), true);
    row("a part after a good page", well, answer("image", "200"), false);
    row("nothing", well, "{}", false);
    const QString silent = u"firefox-refused"_s;
    row("Firefox: a part without an answer", silent,
        R"({"request":{"url":"http://shop.example/a.png","headers":[{"name":"Accept","value":"image/avif"}]},)"
        R"("response":{"status":0}})",
        false);
    row("Firefox: a page without an answer", silent,
        R"({"request":{"url":"http://shop.example/","headers":[{"name":"Accept","value":"text/html,*/*"}]},)"
        R"("response":{"status":0}})",
        true);
}

void TestBrowserRecordings::whatIsExplained()
{
    QFETCH(const QString, recording);
    QFETCH(const QByteArray, entry);
    QFETCH(const bool, isExplained);
    const auto before = recordedExchange(contentOf(recording));
    const auto after = recordedExchange(with(recording, entry));
    QVERIFY(before && after);
    QCOMPARE(after->entries, before->entries + 1);
    QCOMPARE(after->number, isExplained ? after->entries : before->number);
}

void TestBrowserRecordings::everyMemberMayBeMissing_data()
{
    QTest::addColumn<QString>("recording");
    for (const auto &file : QDir(kFolder).entryList({u"*.har"_s}))
        QTest::newRow(qPrintable(file)) << file.chopped(4);
}

/// Other browsers and other versions leave out this and that, or have something else there.
void TestBrowserRecordings::everyMemberMayBeMissing()
{
    QFETCH(const QString, recording);
    const QJsonObject root = QJsonDocument::fromJson(contentOf(recording)).object();
    const QJsonObject log = root["log"_L1].toObject();
    const auto stillRead = [&log](const QJsonObject &entry) {
        QJsonObject changed = log;
        changed["entries"_L1] = QJsonArray{entry};
        return exchangeFromHar(QJsonDocument(QJsonObject{{u"log"_s, changed}}).toJson()).has_value();
    };
    const QJsonObject entry = log["entries"_L1].toArray().last().toObject();
    QVERIFY(stillRead(entry));
    const QList<QJsonValue> others{QJsonValue::Undefined, QJsonValue::Null, 7, u"text"_s, QJsonArray{1}};
    for (const auto &key : entry.keys())
        for (const auto &other : others) {
            QJsonObject changed = entry;
            changed[key] = other;
            QVERIFY2(stillRead(changed), qPrintable(key));
            if (!entry[key].isObject())
                continue;
            for (const auto &inner : entry[key].toObject().keys()) {
                QJsonObject part = entry[key].toObject();
                part[inner] = other;
                changed[key] = part;
                QVERIFY2(stillRead(changed), qPrintable(inner));
            }
        }
}

QTEST_GUILESS_MAIN(TestBrowserRecordings)
#include "tst_browserrecordings.moc"
