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
    void survivesTlsGarbage_data();
    void survivesTlsGarbage();

private:
    ProbeFixture m_fixture;
};

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
        say(QByteArray("HTTP/1.1 302 Found\r\nLocation: http://a\0b/\r\nContent-Length: 0\r\n\r\n", 68)));
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
    const auto result =
        m_fixture.check(checkOf(server.url()), endsByTimeout ? ProbeFixture::kShort : ProbeFixture::kAmple);
    QVERIFY2(idOf(result) == outcome, qPrintable(idOf(result) + u' ' + result.sample.detail));
    QVERIFY2(result.sample.detail.size() < 500, qPrintable(result.sample.detail));
    for (const QChar c : result.sample.detail)
        QVERIFY2(c.isPrint(), qPrintable(result.sample.detail));
    QVERIFY(memoryKb("VmRSS:") - before < 64 * 1024);
    if (endsByTimeout)
        QCOMPARE(result.sample.phases.total, microseconds(ProbeFixture::kShort));
    // The next check is none the worse for it.
    MisbehavingServer sane(MisbehavingServer::say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    QCOMPARE(idOf(m_fixture.check(checkOf(sane.url()))), QStringLiteral("ok"));
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
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
