// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"
#include "app/probes/dnsrecords.h"
#include "app/probes/networkprobe.h"
#include "tests/lab/support/labprocess.h"

#include <QSignalSpy>
#include <QTest>
#include <QUdpSocket>

#include <csignal>

using namespace backwatch;

/// The probe for names against dnsmasq, and against a socket that answers nonsense.
class TestDnsServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { ::kill(static_cast<pid_t>(m_server.pid()), SIGCONT); }
    void records_data();
    void records();
    void manyAtOnce();
    void hangs();
    void closedPort();
    void cancelled();
    void hostile_data();
    void hostile();
    void questions();
    void canonical();

private:
    Sample ask(const DnsCheck &check, milliseconds timeout = milliseconds(5'000));
    QString resolver() const { return QStringLiteral("127.0.0.1:%1").arg(m_port); }

    SystemClock m_clock;
    NetworkProbe m_probe{m_clock};
    LabProcess m_server;
    quint16 m_port = LabProcess::freePort();
    quint64 m_token = 0;
    bool m_installed = false;
};

void TestDnsServers::initTestCase()
{
    const QString program = LabProcess::find(QStringLiteral("dnsmasq"));
    m_installed = !program.isEmpty();
    if (!m_installed)
        return;
    // NS and SOA as raw data: ns.lab.example; the same, root.lab.example, 1 2 3 4 5.
    const QString ns = QStringLiteral("026e73036c6162076578616d706c6500");
    const QString soa = QStringList{ns, QStringLiteral("04726f6f74036c6162076578616d706c6500"),
                                    QStringLiteral("0000000100000002000000030000000400000005")}
                            .join(QString());
    const QString records = QStringLiteral("--dns-rr=lab.example,%1,%2");
    QVERIFY2(m_server.start(program,
                            {QStringLiteral("--keep-in-foreground"),
                             QStringLiteral("--conf-file=/dev/null"),
                             QStringLiteral("--no-resolv"),
                             QStringLiteral("--no-hosts"),
                             QStringLiteral("--pid-file="),
                             QStringLiteral("--user=root"),
                             QStringLiteral("--log-facility=-"),
                             QStringLiteral("--bind-interfaces"),
                             QStringLiteral("--listen-address=127.0.0.1"),
                             QStringLiteral("--port=%1").arg(m_port),
                             QStringLiteral("--local=/lab.example/"),
                             QStringLiteral("--host-record=www.lab.example,192.0.2.1,2001:db8::1"),
                             QStringLiteral("--host-record=two.lab.example,192.0.2.7"),
                             QStringLiteral("--host-record=two.lab.example,192.0.2.8"),
                             QStringLiteral("--mx-host=lab.example,Mail.lab.example,10"),
                             QStringLiteral("--txt-record=lab.example,v=spf1 ,-all"),
                             QStringLiteral("--cname=alias.lab.example,www.lab.example"),
                             QStringLiteral("--srv-host=_sip._tcp.lab.example,sip.lab.example,5060,10,20"),
                             QStringLiteral("--caa-record=lab.example,0,issue,letsencrypt.org"),
                             records.arg(2).arg(ns),
                             records.arg(6).arg(soa)}),
             qPrintable(m_server.problem()));
    QVERIFY2(m_server.waitForPort(m_port), m_server.output().constData());
}

Sample TestDnsServers::ask(const DnsCheck &check, milliseconds timeout)
{
    QSignalSpy spy(&m_probe, &Probe::answered);
    ProbeRequest request;
    request.token = ++m_token;
    request.monitor = 7;
    request.check = check;
    request.timeout = timeout;
    m_probe.start(request);
    if (spy.isEmpty() && !spy.wait(15'000))
        return {};
    const auto answers = spy.first().first().value<QList<ProbeAnswer>>();
    return answers.size() == 1 && answers.first().token == m_token ? answers.first().result.sample : Sample();
}

void TestDnsServers::records_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<DnsType>("type");
    QTest::addColumn<QStringList>("expect");
    QTest::addColumn<bool>("exactly");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *what, const char *name, DnsType type, const QStringList &expect,
                        bool exactly, Outcome outcome, const char *detail) {
        QTest::newRow(what) << QString::fromLatin1(name) << type << expect << exactly << outcome
                            << QString::fromLatin1(detail);
    };
    const QString one = QStringLiteral("192.0.2.7");
    const QString other = QStringLiteral("192.0.2.8");
    row("a", "www.lab.example", DnsType::A, {}, false, Outcome::Ok, "192.0.2.1");
    row("capitals", "WWW.Lab.Example.", DnsType::A, {}, false, Outcome::Ok, "192.0.2.1");
    row("aaaa", "www.lab.example", DnsType::Aaaa, {QStringLiteral("2001:0DB8:0::1")}, true, Outcome::Ok,
        "2001:db8::1");
    row("alias followed", "alias.lab.example", DnsType::A, {}, false, Outcome::Ok, "192.0.2.1");
    row("cname", "alias.lab.example", DnsType::Cname, {QStringLiteral("WWW.lab.example.")}, true, Outcome::Ok,
        "www.lab.example");
    row("mx", "lab.example", DnsType::Mx, {QStringLiteral("10  Mail.lab.example.")}, true, Outcome::Ok,
        "10 mail.lab.example");
    row("txt joined", "lab.example", DnsType::Txt, {QStringLiteral("\"v=spf1 -all\"")}, true, Outcome::Ok,
        "v=spf1 -all");
    row("srv", "_sip._tcp.lab.example", DnsType::Srv, {}, false, Outcome::Ok, "10 20 5060 sip.lab.example");
    row("caa", "lab.example", DnsType::Caa, {QStringLiteral("0 issue letsencrypt.org")}, true, Outcome::Ok,
        "0 issue \"letsencrypt.org\"");
    row("ns", "lab.example", DnsType::Ns, {}, false, Outcome::Ok, "ns.lab.example");
    row("soa", "lab.example", DnsType::Soa, {}, false, Outcome::Ok,
        "ns.lab.example root.lab.example 1 2 3 4 5");
    row("ptr of an address", "192.0.2.1", DnsType::Ptr, {}, false, Outcome::Ok, "www.lab.example");
    row("ptr of v6", "2001:db8::1", DnsType::Ptr, {}, false, Outcome::Ok, "www.lab.example");
    row("one of two", "two.lab.example", DnsType::A, {one}, false, Outcome::Ok, "192.0.2.7, 192.0.2.8");
    row("both", "two.lab.example", DnsType::A, {other, one}, true, Outcome::Ok, "192.0.2.7, 192.0.2.8");
    row("one too many", "two.lab.example", DnsType::A, {one}, true, Outcome::BodyMismatch,
        "The A records of two.lab.example are 192.0.2.7, 192.0.2.8; expected nothing but 192.0.2.7.");
    row("wrong", "www.lab.example", DnsType::A, {other}, false, Outcome::BodyMismatch,
        "The A records of www.lab.example are 192.0.2.1; expected 192.0.2.8.");
    row("no such name", "gone.lab.example", DnsType::A, {}, false, Outcome::DnsNotFound,
        "The name gone.lab.example does not exist.");
    row("no such type", "two.lab.example", DnsType::Aaaa, {}, false, Outcome::DnsNotFound,
        "The name two.lab.example exists, but has no AAAA record.");
    row("refused", "elsewhere.example", DnsType::A, {}, false, Outcome::DnsFailure, "");
    row("no name", "", DnsType::A, {}, false, Outcome::Internal, "");
    row("label too long", QByteArray(70, 'a').constData(), DnsType::A, {}, false, Outcome::Internal, "");
}

void TestDnsServers::records()
{
    if (!m_installed)
        QSKIP("dnsmasq is not installed (packaging/quickstart deps installs it)");
    QFETCH(QString, name);
    QFETCH(DnsType, type);
    QFETCH(QStringList, expect);
    QFETCH(bool, exactly);
    QFETCH(Outcome, outcome);
    QFETCH(QString, detail);
    DnsCheck check{name, type, resolver(), expect, exactly, {}};
    const Sample sample = ask(check);
    QVERIFY2(sample.outcome == outcome, qPrintable(sample.detail));
    if (!detail.isEmpty())
        QCOMPARE(sample.detail, detail);
    QVERIFY(!sample.detail.isEmpty());
    if (outcome == Outcome::Internal)
        return;
    QCOMPARE(sample.monitor, MonitorId(7));
    QCOMPARE(sample.address, QStringLiteral("127.0.0.1"));
    QCOMPARE(sample.port, m_port);
    QVERIFY(sample.phases.total.count() > 0);
    QCOMPARE(sample.phases.wait, std::optional(sample.phases.total));
    if (outcome == Outcome::Ok) {
        check.slowAfter = milliseconds(0);
        QCOMPARE(ask(check).outcome, Outcome::Slow);
    }
}

void TestDnsServers::manyAtOnce()
{
    if (!m_installed)
        QSKIP("dnsmasq is not installed (packaging/quickstart deps installs it)");
    int good = 0;
    int all = 0;
    const auto connection = connect(&m_probe, &Probe::answered, this, [&](const QList<ProbeAnswer> &answers) {
        for (const auto &answer : answers) {
            ++all;
            good += answer.result.sample.outcome == Outcome::Ok ? 1 : 0;
        }
    });
    for (int i = 0; i < 200; ++i) {
        ProbeRequest request;
        request.token = ++m_token;
        request.check = DnsCheck{QStringLiteral("www.lab.example"), DnsType::A, resolver(), {}, false, {}};
        m_probe.start(request);
    }
    QTRY_COMPARE_WITH_TIMEOUT(all, 200, 20'000);
    QCOMPARE(good, 200);
    disconnect(connection);
}

void TestDnsServers::hangs()
{
    if (!m_installed)
        QSKIP("dnsmasq is not installed (packaging/quickstart deps installs it)");
    const DnsCheck check{QStringLiteral("www.lab.example"), DnsType::A, resolver(), {}, false, {}};
    QCOMPARE(::kill(static_cast<pid_t>(m_server.pid()), SIGSTOP), 0);
    const Sample stopped = ask(check, milliseconds(400));
    QCOMPARE(::kill(static_cast<pid_t>(m_server.pid()), SIGCONT), 0);
    QCOMPARE(stopped.outcome, Outcome::DnsTimeout);
    QCOMPARE(stopped.port, quint16(0));
    QVERIFY(stopped.phases.total >= milliseconds(300));
    QCOMPARE(ask(check).outcome, Outcome::Ok);
}

void TestDnsServers::closedPort()
{
    DnsCheck check{QStringLiteral("www.lab.example"), DnsType::A, {}, {}, false, {}};
    check.resolver = QStringLiteral("127.0.0.1:%1").arg(LabProcess::freePort());
    const Sample closed = ask(check);
    QVERIFY2(closed.outcome == Outcome::ConnectRefused, qPrintable(closed.detail));
    for (const auto *wrong : {"resolver.example", "127.0.0.1:0", "127.0.0.1:99999", "::1:x", "[::1"}) {
        check.resolver = QString::fromLatin1(wrong);
        QVERIFY2(ask(check).outcome == Outcome::Internal, wrong);
    }
}

void TestDnsServers::cancelled()
{
    QUdpSocket silent;
    QVERIFY(silent.bind(QHostAddress::LocalHost, 0));
    QSignalSpy spy(&m_probe, &Probe::answered);
    ProbeRequest request;
    request.token = ++m_token;
    request.check = DnsCheck{QStringLiteral("www.lab.example"),
                             DnsType::A,
                             QStringLiteral("127.0.0.1:%1").arg(silent.localPort()),
                             {},
                             false,
                             {}};
    m_probe.start(request);
    m_probe.cancel(m_token);
    QVERIFY(spy.wait());
    const auto answers = spy.first().first().value<QList<ProbeAnswer>>();
    QCOMPARE(answers.first().result.sample.outcome, Outcome::Cancelled);
}

void TestDnsServers::hostile_data()
{
    QTest::addColumn<QByteArray>("flags"); ///< flags and counts, after the question's own number
    QTest::addColumn<QByteArray>("tail");  ///< after the question
    QTest::addColumn<DnsType>("type");
    QTest::addColumn<Outcome>("outcome");
    const auto hex = [](const char *text) { return QByteArray::fromHex(text); };
    const QByteArray one = hex("8180000100010000 0000");
    const auto row = [&](const char *what, const QByteArray &flags, const QByteArray &tail, DnsType type,
                         Outcome outcome) { QTest::newRow(what) << flags << tail << type << outcome; };
    row("good", one, hex("c00c00010001000000050004c0000201"), DnsType::A, Outcome::Ok);
    row("servfail", hex("81820001000000000000"), {}, DnsType::A, Outcome::DnsFailure);
    row("notimp", hex("81840001000000000000"), {}, DnsType::A, Outcome::DnsFailure);
    row("announced, not there", one, {}, DnsType::A, Outcome::MalformedResponse);
    row("thousands announced", hex("81800001ffff00000000"), hex("c00c00010001000000050004c0000201"),
        DnsType::A, Outcome::MalformedResponse);
    row("address too short", one, hex("c00c00010001000000050003c00002"), DnsType::A,
        Outcome::MalformedResponse);
    row("address too long", one, hex("c00c00010001000000050005c000020102"), DnsType::A,
        Outcome::MalformedResponse);
    row("data beyond the end", one, hex("c00c000100010000000500ffc0000201"), DnsType::A,
        Outcome::MalformedResponse);
    row("name points at itself", one, hex("c00c00050001000000050002c029"), DnsType::Cname,
        Outcome::MalformedResponse);
    row("name beyond its data", one, hex("c00c000f00010000000500030001c0"), DnsType::Mx,
        Outcome::MalformedResponse);
    row("text beyond its data", one, hex("c00c00100001000000050003ff4141"), DnsType::Txt,
        Outcome::MalformedResponse);
    row("text of control characters", one, hex("c00c00100001000000050006051b5b000a41"), DnsType::Txt,
        Outcome::Ok);
    row("only another type", one, hex("c00c00100001000000050003024141"), DnsType::A, Outcome::DnsNotFound);
    row("no header", {}, {}, DnsType::A, Outcome::DnsTimeout);
}

void TestDnsServers::hostile()
{
    QFETCH(QByteArray, flags);
    QFETCH(QByteArray, tail);
    QFETCH(DnsType, type);
    QFETCH(Outcome, outcome);
    QUdpSocket server;
    QVERIFY(server.bind(QHostAddress::LocalHost, 0));
    connect(&server, &QUdpSocket::readyRead, &server, [&] {
        while (server.hasPendingDatagrams()) {
            QByteArray question(static_cast<qsizetype>(server.pendingDatagramSize()), '\0');
            QHostAddress from;
            quint16 port = 0;
            server.readDatagram(question.data(), question.size(), &from, &port);
            server.writeDatagram(flags.isEmpty() ? question.first(5)
                                                 : question.first(2) + flags + question.sliced(12) + tail,
                                 from, port);
        }
    });
    DnsCheck check{QStringLiteral("a.example"), type, {}, {}, false, {}};
    check.resolver = QStringLiteral("127.0.0.1:%1").arg(server.localPort());
    const Sample sample = ask(check, milliseconds(outcome == Outcome::DnsTimeout ? 400 : 10'000));
    QVERIFY2(sample.outcome == outcome, qPrintable(sample.detail));
    for (const QChar c : sample.detail)
        QVERIFY(c.isPrint());
}

void TestDnsServers::questions()
{
    QCOMPARE(dnsQuestion(QStringLiteral("192.0.2.1"), DnsType::Ptr), "1.2.0.192.in-addr.arpa");
    QCOMPARE(dnsQuestion(QStringLiteral("192.0.2.1"), DnsType::A), "192.0.2.1");
    QVERIFY(dnsQuestion(QStringLiteral("2001:db8::1"), DnsType::Ptr).startsWith("1.0.0.0."));
    QCOMPARE(dnsQuestion(QStringLiteral("bücher.example"), DnsType::A), "xn--bcher-kva.example");
}

void TestDnsServers::canonical()
{
    QCOMPARE(canonicalDnsValue(QStringLiteral("0 ."), DnsType::Mx), QStringLiteral("0 ."));
    QCOMPARE(canonicalDnsValue(QStringLiteral("0 Issue \"ca.example; x=1\""), DnsType::Caa),
             QStringLiteral("0 issue \"ca.example; x=1\""));
    QCOMPARE(canonicalDnsValue(QStringLiteral(" Text A "), DnsType::Txt), QStringLiteral("Text A"));
}

QTEST_GUILESS_MAIN(TestDnsServers)
#include "tst_dns_servers.moc"
