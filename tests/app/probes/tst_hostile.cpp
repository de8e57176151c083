// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/probes/probefixture.h"
#include "tests/support/misbehavingserver.h"

#include <QFile>
#include <QtTest>

#include <zlib.h>

using namespace backwatch;
using Script = MisbehavingServer::Script;

namespace {

/// A gigabyte of zeros as gzip, about 1 MB.
QByteArray bomb()
{
    z_stream stream{};
    constexpr int kGzip = 15 + 16;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("zlib does not start.");
    QByteArray packed(2 * 1024 * 1024, '\0');
    QByteArray zeros(1024 * 1024, '\0');
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    for (int i = 0; i < 1024; ++i) {
        stream.next_in = reinterpret_cast<Bytef *>(zeros.data());
        stream.avail_in = static_cast<uInt>(zeros.size());
        deflate(&stream, i == 1023 ? Z_FINISH : Z_NO_FLUSH);
    }
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

/// A quarter of a gigabyte of zeros.
QByteArray brotliBomb()
{
    return QByteArray::fromHex(
        "cfffff7f002400e2b14072effff9ffff0f8004401c1680eefd3fffffff01900088c302d0bdffe7ffff3f001200715800baf7"
        "fffcffff074002200e0b40f7fe9fffffff004800c46101e8defff3ffff1f000980382c00ddfb7ffeffff032001108705a07b"
        "ffcfffff7f002400e2b00074effff9ffff0f8004401c1680eefd3fffffff01900088c302d0bdffe7ffff3f001200715800ba"
        "f7fffcffff074002200e0b40f7fe9fffffff004800c46101e8defff3ffff1f000980382c00ddfbfffcffff072001108705a0"
        "7bff0f");
}

/// A quarter of a gigabyte of zeros: blocks that repeat one byte 131,072 times.
QByteArray zstdBomb()
{
    return QByteArray::fromHex("28b52ffd0038") + QByteArray::fromHex("02001000").repeated(2'048);
}

QByteArray frame(int type, int flags, int stream, const QByteArray &payload)
{
    QByteArray bytes(9, '\0');
    bytes[0] = static_cast<char>(payload.size() >> 16);
    bytes[1] = static_cast<char>(payload.size() >> 8);
    bytes[2] = static_cast<char>(payload.size());
    bytes[3] = static_cast<char>(type);
    bytes[4] = static_cast<char>(flags);
    bytes[8] = static_cast<char>(stream);
    return bytes + payload;
}

/// A field of a header block that is added to the table: a short name, a value below 127 bytes.
QByteArray field(const QByteArray &name, const QByteArray &value)
{
    return '\x40' + QByteArray(1, static_cast<char>(name.size())) + name +
           QByteArray(1, static_cast<char>(value.size())) + value;
}

Script endless(const QByteArray &head, const QByteArray &piece)
{
    return [head, piece](ServerConnection &connection) {
        connection.readHead();
        bool open = connection.write(head);
        while (open)
            open = connection.write(piece);
    };
}

Script drip(const QByteArray &head, const QByteArray &piece)
{
    return [head, piece](ServerConnection &connection) {
        connection.readHead();
        bool open = connection.write(head);
        while (open) {
            open = connection.write(piece);
            QThread::msleep(5);
        }
    };
}

qint64 memoryKb(const char *field)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = status.readAll();
    const auto at = text.indexOf(field);
    return at < 0 ? 0
                  : text.mid(at + qsizetype(qstrlen(field)), 16).simplified().split(' ').first().toLongLong();
}

} // namespace

/// What a server can do to its clients: each attack ends within its bounds, and under its own name.
class TestHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysBounded_data();
    void staysBounded();
    void survivesHttp2Rubbish_data();
    void survivesHttp2Rubbish();
    void survivesTlsGarbage_data();
    void survivesTlsGarbage();

private:
    void compare(const CheckResult &result, const QString &outcome, qint64 memoryBefore);

    ProbeFixture m_fixture;
};

void TestHostile::compare(const CheckResult &result, const QString &outcome, qint64 memoryBefore)
{
    QVERIFY2(idOf(result) == outcome, qPrintable(idOf(result) + u' ' + result.sample.detail));
    QVERIFY(!result.sample.detail.isEmpty());
    QVERIFY2(result.sample.detail.size() < 500, qPrintable(result.sample.detail));
    for (const QChar c : result.sample.detail)
        QVERIFY2(c.isPrint() && c != QChar::ReplacementCharacter, qPrintable(result.sample.detail));
    QVERIFY(result.exchange->body.size() <= Exchange::kBodyLimit);
    QVERIFY(memoryKb("VmRSS:") - memoryBefore < 64 * 1024);
    if (outcome.endsWith(QStringLiteral("-timeout")))
        QCOMPARE(result.sample.phases.total, microseconds(ProbeFixture::kShort));
    // The next check is none the worse for it.
    MisbehavingServer sane(MisbehavingServer::say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    QCOMPARE(idOf(m_fixture.check(checkOf(sane.url()))), QStringLiteral("ok"));
}

void TestHostile::staysBounded_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char *name, const char *outcome, const Script &script) {
        QTest::newRow(name) << script << QString::fromLatin1(outcome);
    };
    const auto say = &MisbehavingServer::say;
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    const QByteArray packed = bomb();
    row("gzip bomb", "too-large", say(ok + "Content-Encoding: gzip\r\n\r\n" + packed));
    row("gzip bomb in a gzip", "too-large",
        say(ok + "Content-Encoding: gzip, gzip\r\n\r\n" + QByteArray::fromHex("1f8b0800000000000003") +
            qCompress(packed).mid(6)));
    row("brotli bomb", "too-large", say(ok + "Content-Encoding: br\r\n\r\n" + brotliBomb()));
    row("zstd bomb", "too-large", say(ok + "Content-Encoding: zstd\r\n\r\n" + zstdBomb()));
    row("brotli rubbish", "malformed-response",
        say(ok + "Content-Encoding: br\r\nContent-Length: 9\r\n\r\n\xff\xff\xff\xff\xff\xff\xff\xff\xff"));
    row("many encodings", "malformed-response",
        say(ok + "Content-Encoding: " + QByteArray("gzip, ").repeated(2'000) + "gzip\r\n\r\nx"));
    row("gzip cut short", "malformed-response",
        say(ok + "Content-Encoding: gzip\r\nContent-Length: 100\r\n\r\n" + packed.left(99) + '\xff'));
    row("field without a name", "ok", say(ok + ": value\r\nContent-Length: 0\r\n\r\n"));
    row("field without a colon", "malformed-response", say(ok + "nonsense\r\nContent-Length: 0\r\n\r\n"));
    row("NUL in a field", "malformed-response",
        say(ok + QByteArray("X: a\0b\r\n", 8) + "Content-Length: 0\r\n\r\n"));
    row("NUL in the status line", "malformed-response", say(QByteArray("HTTP/1.1 200 O\0K\r\n\r\n", 20)));
    row("NUL and bad UTF-8 in the body", "ok", say(ok + "\r\n" + QByteArray("a\0\xff\xfe\xc0\xaf", 6)));
    row("bad UTF-8 in the phrase", "http-status",
        say("HTTP/1.1 503 \xff\xfe\xc0\xaf\x1b[31m\r\nContent-Length: 0\r\n\r\n"));
    row("bad UTF-8 in fields", "ok",
        say(ok + "X-\xff\xfe: \xc0\xaf\xed\xa0\x80\r\nContent-Length: 0\r\n\r\n"));
    row("phrase of 50 kB", "http-status",
        say("HTTP/1.1 503 " + QByteArray(50'000, 'x') + "\r\nContent-Length: 0\r\n\r\n"));
    row("cookie of 90 kB", "ok",
        say(ok + "Set-Cookie: a=" + QByteArray(90'000, 'c') + "\r\nContent-Length: 0\r\n\r\n"));
    row("cookie of 5 MB", "too-large",
        say(ok + "Set-Cookie: a=" + QByteArray(5'000'000, 'c') + "\r\nContent-Length: 0\r\n\r\n"));
    row("cookies for ever", "too-large", endless(ok, "Set-Cookie: a=" + QByteArray(4'000, 'c') + "\r\n"));
    row("interim answers for ever", "too-large", endless({}, "HTTP/1.1 100 Continue\r\n\r\n"));
    row("100,000 fields", "too-large", say(ok + QByteArray("A: b\r\n").repeated(100'000) + "\r\n"));
    row("header drips", "body-timeout", drip(ok, "X: y\r\n"));
    row("one field drips", "body-timeout", drip(ok + "X: ", "y"));
    row("body drips in chunks", "body-timeout",
        drip(ok + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"));
    row("HTTP/0.9", "malformed-response", say("<html>hello</html>"));
    row("HTTP/0.9, empty line first", "malformed-response", say("\r\n\r\nhello"));
    row("HTTP/9.9", "malformed-response", say("HTTP/9.9 200 OK\r\n\r\n"));
    row("status of two digits", "malformed-response", say("HTTP/1.1 20 OK\r\n\r\n"));
    row("status of four digits", "malformed-response", say("HTTP/1.1 2000 OK\r\n\r\n"));
    row("status zero", "malformed-response", say("HTTP/1.1 000 OK\r\n\r\n"));
    row("status of letters", "malformed-response", say("HTTP/1.1 abc OK\r\n\r\n"));
    row("endless status line", "too-large", endless("HTTP/1.1 200 ", "OK and OK and OK"));
    row("101 unasked", "malformed-response", say("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n\x01\x02"));
    row("two lengths alike", "ok", say(ok + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok"));
    row("two lengths at odds", "malformed-response",
        say(ok + "Content-Length: 2\r\nContent-Length: 20\r\n\r\nok"));
    row("length below zero", "malformed-response", say(ok + "Content-Length: -5\r\n\r\nok"));
    row("length of words", "malformed-response", say(ok + "Content-Length: two\r\n\r\nok"));
    row("length beyond all", "malformed-response",
        say(ok + "Content-Length: 99999999999999999999999\r\n\r\nok"));
    row("chunk beyond all", "malformed-response",
        say(ok + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx\r\n"));
    row("chunk below zero", "malformed-response", say(ok + "Transfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n"));
    row("endless chunk extension", "body-timeout",
        drip(ok + "Transfer-Encoding: chunked\r\n\r\n1;", QByteArray(1'000, 'x')));
    row("endless trailers", "too-large",
        endless(ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-Trailer: more and more and more\r\n"));
    row("length and chunks", "ok",
        say(ok + "Content-Length: 500\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"));
    row("redirect with a NUL", "malformed-response",
        say(QByteArray("HTTP/1.1 302 Found\r\nLocation: http://a\0b/\r\nContent-Length: 0\r\n\r\n", 64)));
    row("redirect of 200 kB", "malformed-response",
        say("HTTP/1.1 302 Found\r\nLocation: gopher://" + QByteArray(60'000, 'a') + "\r\n\r\n"));
    row("redirect with line ends", "malformed-response",
        say("HTTP/1.1 302 Found\r\nLocation: ftp://127.0.0.1/%0d%0aX:y\r\nContent-Length: 0\r\n\r\n"));
}

void TestHostile::staysBounded()
{
    QFETCH(Script, script);
    QFETCH(QString, outcome);
    MisbehavingServer server(script);
    const qint64 before = memoryKb("VmRSS:");
    const bool endsByTimeout = outcome.endsWith(QStringLiteral("-timeout"));
    compare(
        m_fixture.check(checkOf(server.url()), endsByTimeout ? ProbeFixture::kShort : ProbeFixture::kAmple),
        outcome, before);
}

void TestHostile::survivesHttp2Rubbish_data()
{
    QTest::addColumn<QByteArray>("once");
    QTest::addColumn<QByteArray>("forEver");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char *name, const char *outcome, const QByteArray &once,
                        const QByteArray &forEver = {}) {
        QTest::newRow(name) << once << forEver << QString::fromLatin1(outcome);
    };
    enum { Data, Headers, Priority, Reset, Settings, Push, Ping, GoAway, Window, Continuation };
    constexpr int kEndHeaders = 4;
    constexpr int kEndAll = 5;
    const QByteArray settings = frame(Settings, 0, 0, {});
    const QByteArray ok = settings + frame(Headers, kEndHeaders, 1, "\x88");
    const QByteArray number(8, '\1');
    const QByteArray widest = QByteArray::fromHex("7fffffff");
    row("garbage", "protocol-error", QByteArray(65'536, '\xa5'));
    row("body before the header", "protocol-error", settings + frame(Data, 0, 1, "x"));
    row("frame beyond all", "protocol-error", settings + QByteArray::fromHex("ffffff000000000001"));
    row("header of no stream", "protocol-error", settings + frame(Headers, kEndHeaders, 0, "\x88"));
    row("stream of its own", "protocol-error", settings + frame(Headers, kEndHeaders, 2, "\x88"));
    row("settings of five bytes", "protocol-error", frame(Settings, 0, 0, "12345"));
    row("settings for ever", "protocol-error", settings, settings.repeated(1'000));
    row("pings for ever", "protocol-error", settings, frame(Ping, 0, 0, number).repeated(1'000));
    row("window beyond all", "protocol-error",
        settings + frame(Window, 0, 0, widest) + frame(Window, 0, 0, widest));
    row("bad compression", "protocol-error",
        settings + frame(Headers, kEndHeaders, 1, QByteArray(20, '\xff')));
    row("table beyond all", "protocol-error",
        settings + frame(Headers, kEndHeaders, 1, QByteArray::fromHex("3fffffff0f88")));
    row("header for ever", "too-large", settings + frame(Headers, 0, 1, "\x88"),
        frame(Continuation, 0, 1, field("x-more", QByteArray(100, 'm')).repeated(50)));
    row("header bomb", "too-large",
        settings +
            frame(Headers, kEndAll, 1,
                  QByteArray("\x88") + field("x-bomb", QByteArray(120, 'b')) + QByteArray(16'000, '\xbe')));
    row("no status", "protocol-error", settings + frame(Headers, kEndAll, 1, field("x-a", "b")));
    row("status of letters", "protocol-error",
        settings + frame(Headers, kEndAll, 1, field(":status", "abc")));
    row("name in capitals", "protocol-error",
        settings + frame(Headers, kEndAll, 1, "\x88" + field("X-Loud", "b")));
    row("line end in a value", "protocol-error",
        settings + frame(Headers, kEndAll, 1, "\x88" + field("x-a", "b\r\nx: y")));
    row("bad UTF-8 in a value", "ok",
        settings + frame(Headers, kEndAll, 1, "\x88" + field("x-a", "b\xff\xfe")));
    row("lengths at odds", "protocol-error",
        settings + frame(Headers, kEndHeaders, 1, "\x88" + field("content-length", "5")) +
            frame(Data, 1, 1, "more than five"));
    row("empty body frames for ever", "body-timeout", ok, frame(Data, 0, 1, {}).repeated(1'000));
    row("body for ever", "too-large", ok, frame(Data, 0, 1, QByteArray(16'384, 'x')));
    row("interim answers for ever", "too-large", settings,
        frame(Headers, kEndHeaders, 1,
              "\x08\x03"
              "103")
            .repeated(100));
    row("push unasked", "first-byte-timeout",
        settings + frame(Push, kEndHeaders, 1, QByteArray::fromHex("00000002") + "\x82"));
    row("goes away", "closed-early", settings + frame(GoAway, 0, 0, QByteArray(8, '\0')));
    row("resets the stream", "closed-early", settings + frame(Reset, 0, 1, QByteArray(4, '\2')));
    row("resets within the body", "closed-early", ok + frame(Reset, 0, 1, QByteArray(4, '\2')));
}

void TestHostile::survivesHttp2Rubbish()
{
    QFETCH(QByteArray, once);
    QFETCH(QByteArray, forEver);
    QFETCH(QString, outcome);
    MisbehavingServer server([&](ServerConnection &connection) {
        constexpr qsizetype kPreface = 24;
        connection.read(kPreface);
        bool open = connection.write(once);
        while (open && !forEver.isEmpty())
            open = connection.write(forEver);
        connection.waitForClose();
    });
    const qint64 before = memoryKb("VmRSS:");
    HttpCheck check = checkOf(server.url());
    check.version = HttpVersion::Http2;
    const bool endsByTimeout = outcome.endsWith(QStringLiteral("-timeout"));
    compare(m_fixture.check(check, endsByTimeout ? ProbeFixture::kShort : ProbeFixture::kAmple), outcome,
            before);
}

void TestHostile::survivesTlsGarbage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("zeros") << QByteArray(10'000, '\0');
    QTest::newRow("record of garbage") << QByteArray("\x16\x03\x03\x40\x00", 5) + QByteArray(0x4000, '\xa5');
    QTest::newRow("hello cut short") << QByteArray("\x16\x03\x03\x00\x30\x02\x00\x00\x2c\x03\x03", 11);
    QTest::newRow("alert flood") << QByteArray("\x15\x03\x03\x00\x02\x01\x00", 7).repeated(5'000);
    QTest::newRow("record beyond all") << QByteArray("\x16\x03\x03\xff\xff", 5) + QByteArray(70'000, 'x');
}

void TestHostile::survivesTlsGarbage()
{
    QFETCH(QByteArray, bytes);
    MisbehavingServer server([bytes](ServerConnection &connection) {
        connection.read(1);
        connection.write(bytes);
    });
    QUrl url = server.url();
    url.setScheme(QStringLiteral("https"));
    const auto result = m_fixture.check(checkOf(url));
    QVERIFY2(idOf(result) == QStringLiteral("tls-handshake"),
             qPrintable(idOf(result) + u' ' + result.sample.detail));
    QVERIFY(result.sample.detail.size() < 300);
    for (const QChar c : result.sample.detail)
        QVERIFY2(c.isPrint(), qPrintable(result.sample.detail));
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
