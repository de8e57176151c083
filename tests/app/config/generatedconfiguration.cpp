// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/config/generatedconfiguration.h"

namespace backwatch {

namespace {

bool coin(QRandomGenerator &random)
{
    return random.bounded(2) == 0;
}

template <typename T>
T oneOf(QRandomGenerator &random, const QList<T> &values)
{
    return values[random.bounded(values.size())];
}

/// One line that may look like anything.
QString oddLine(QRandomGenerator &random)
{
    static const QList<QString> odd{
        QStringLiteral("true"),        QStringLiteral("null"),       QStringLiteral("~"),
        QStringLiteral("12"),          QStringLiteral("0x1F"),       QStringLiteral("1e3"),
        QStringLiteral("-"),           QStringLiteral("- a"),        QStringLiteral(" leading"),
        QStringLiteral("behind "),     QStringLiteral("a: b"),       QStringLiteral("a #b"),
        QStringLiteral("#a"),          QStringLiteral("*a"),         QStringLiteral("&a"),
        QStringLiteral("!a"),          QStringLiteral("|"),          QStringLiteral(">"),
        QStringLiteral("\"quoted\""),  QStringLiteral("it's"),       QStringLiteral("{a: b}"),
        QStringLiteral("[a]"),         QStringLiteral("%a"),         QStringLiteral("@a"),
        QStringLiteral("back\\slash"), QStringLiteral("日本語"),     QStringLiteral("😀 ok"),
        QStringLiteral("Größe"),       QStringLiteral("2026-11-22"), QStringLiteral("No"),
        QStringLiteral("?"),           QStringLiteral("---"),        QStringLiteral("..."),
        QStringLiteral("<<"),          QStringLiteral("="),          QStringLiteral("a,b"),
        QStringLiteral("שלום"),        QStringLiteral("\u00A0x"),    QStringLiteral("\uFEFFx"),
        QStringLiteral("12:30:45"),
    };
    QString text = oneOf(random, odd);
    while (random.bounded(3) == 0)
        text += oneOf(random, odd);
    return text;
}

QString oddText(QRandomGenerator &random)
{
    static const QList<QString> breaks{
        QStringLiteral("\n"),     QStringLiteral("\r\n"),   QStringLiteral("\t"),
        QStringLiteral("\n\n  "), QStringLiteral("\u2028"), QStringLiteral("\u0085"),
        QStringLiteral("\x01"),   QString(QChar(u'\0')),    QStringLiteral("\x7f")};
    QString text = oddLine(random);
    while (coin(random))
        text += oneOf(random, breaks) + oddLine(random);
    return text;
}

QByteArray oddBytes(QRandomGenerator &random)
{
    return random.bounded(4) == 0 ? QByteArray("\xff\x00\xfe", 3) : oddText(random).toUtf8();
}

milliseconds duration(QRandomGenerator &random, int least, int most)
{
    return milliseconds(random.bounded(least, most + 1));
}

HttpHeaders headers(QRandomGenerator &random)
{
    static const QList<QByteArray> names{"Accept", "X-Null", "null",          "true",
                                         "~",      "12",     "Authorization", "accept"};
    HttpHeaders result;
    while (coin(random)) {
        const auto value = random.bounded(5) == 0 ? QByteArray("caf\xE9") : oddLine(random).toUtf8();
        result.append({oneOf(random, names), value});
    }
    return result;
}

Secret secret(QRandomGenerator &random)
{
    return {
        oneOf(random, QStringList{QStringLiteral("shop/db"), QStringLiteral("12"), QStringLiteral("ü: x")}),
        {}};
}

TlsSettings tlsSettings(QRandomGenerator &random)
{
    TlsSettings tls;
    tls.verify = coin(random);
    if (coin(random))
        tls.authorities = QStringLiteral("/etc/ssl/own ca.pem");
    if (coin(random))
        tls.serverName = QStringLiteral("db.example");
    if (coin(random)) {
        tls.certificate = QStringLiteral("client.pem");
        tls.key = QStringLiteral("no");
        tls.passphrase = secret(random);
    }
    return tls;
}

JsonExpectation jsonExpectation(QRandomGenerator &random)
{
    using Test = JsonExpectation::Test;
    JsonExpectation expectation;
    expectation.path =
        oneOf(random, QStringList{QStringLiteral("/a/0/b~1c"), QStringLiteral("$.a[0]['x y']")});
    expectation.test = static_cast<Test>(random.bounded(static_cast<int>(Test::Matches) + 1));
    switch (expectation.test) {
    case Test::Exists:
        break;
    case Test::Equals:
    case Test::Differs:
        expectation.value =
            oneOf(random, QStringList{QStringLiteral("5"), QStringLiteral("-1.5e3"), QStringLiteral("true"),
                                      QStringLiteral("null"), QStringLiteral("\"\""),
                                      QStringLiteral("\"true\""), QStringLiteral("\"a \\\"b\\\" ü\"")});
        break;
    case Test::Less:
    case Test::Greater:
        expectation.value = oneOf(random, QStringList{QStringLiteral("5"), QStringLiteral("-0.25")});
        break;
    case Test::Contains:
        expectation.value = oddText(random);
        break;
    case Test::Matches:
        expectation.value = QStringLiteral("^[a-z]+: \\d{3}$");
        break;
    }
    return expectation;
}

HttpExpectation expectation(QRandomGenerator &random)
{
    HttpExpectation expect;
    if (coin(random)) {
        expect.status.clear();
        do {
            const int from = random.bounded(100, 600);
            expect.status.append({from, coin(random) ? from : random.bounded(from, 600)});
        } while (coin(random));
    }
    if (coin(random))
        expect.bodyContains = oddText(random);
    if (coin(random))
        expect.bodyLacks = oddText(random);
    if (coin(random))
        expect.bodyMatches = QStringLiteral("(?i)a\\.b|\"c\"");
    while (coin(random))
        expect.json.append(jsonExpectation(random));
    while (coin(random))
        expect.headers.append({"Content-Type", coin(random) ? oddText(random) : QString(),
                               coin(random) ? QStringLiteral("^text/") : QString()});
    if (coin(random))
        expect.leastBytes = random.bounded(1'000);
    if (coin(random))
        expect.mostBytes = 1'000 + random.bounded(1'000'000);
    if (coin(random))
        expect.slowAfter = duration(random, 1, 600'000);
    if (coin(random))
        expect.certificateDays = random.bounded(0, 3651);
    return expect;
}

HttpCheck httpCheck(QRandomGenerator &random)
{
    HttpCheck check;
    const QStringList urls{QStringLiteral("https://shop.example/"),
                           QStringLiteral("http://[::1]:8080"),
                           QStringLiteral("https://bücher.example/ü?q=ä%20b&c=%26#x"),
                           QStringLiteral("http://127.0.0.1/%2F%25?%3D"),
                           QStringLiteral("http://a.example/?a=b: c%0A").replace(u' ', u'+'),
                           QStringLiteral("https://a_b.example./~x/'\"[]{}|\\^`")};
    check.url = QUrl(oneOf(random, urls), QUrl::TolerantMode);
    check.method = static_cast<HttpMethod>(random.bounded(static_cast<int>(HttpMethod::Options) + 1));
    check.version = static_cast<HttpVersion>(random.bounded(static_cast<int>(HttpVersion::Http2) + 1));
    check.headers = headers(random);
    while (coin(random))
        check.secretHeaders.append({oneOf(random, QList<QByteArray>{"X-Token", "accept"}), secret(random)});
    check.authentication.kind = static_cast<HttpAuthentication::Kind>(random.bounded(4));
    if (check.authentication.kind != HttpAuthentication::Kind::None)
        check.authentication.password = secret(random);
    if (check.authentication.kind == HttpAuthentication::Kind::Basic ||
        check.authentication.kind == HttpAuthentication::Kind::Digest)
        check.authentication.user = oddText(random);
    check.proxy = oneOf(random, QStringList{QString(), QStringLiteral("system"),
                                            QStringLiteral("http://p.example:3128"),
                                            QStringLiteral("socks5h://me@127.0.0.1:1080")});
    if (check.proxy.contains(u'@'))
        check.proxyPassword = secret(random);
    if (coin(random))
        check.tls = tlsSettings(random);
    if (coin(random))
        check.body = oddBytes(random);
    check.expect = expectation(random);
    check.connectTo =
        oneOf(random, QStringList{QString(), QStringLiteral("a.example:80"), QStringLiteral("[fe80::1]:1")});
    check.family = static_cast<AddressFamily>(random.bounded(4));
    check.followRedirects = coin(random);
    return check;
}

ServerAddress server(QRandomGenerator &random)
{
    ServerAddress address;
    address.family = static_cast<AddressFamily>(random.bounded(4));
    if (random.bounded(4) == 0) {
        address.socket = QStringLiteral("/run/a b.sock");
        return address;
    }
    address.host =
        oneOf(random, QStringList{QStringLiteral("db.example"), QStringLiteral("10.0.0.5"),
                                  QStringLiteral("2001:db8::1"), QStringLiteral("bücher.example")});
    address.port = static_cast<quint16>(oneOf(random, QList<int>{3306, 25, 443, 1, 65'535}));
    return address;
}

/// Whatever the kind has of these.
template <typename Check>
void fillCommon(QRandomGenerator &random, Check &check)
{
    if constexpr (requires { check.server; })
        check.server = server(random);
    if constexpr (requires { check.secure; })
        check.secure = coin(random);
    if constexpr (requires { check.certificateDays; })
        check.certificateDays = random.bounded(0, 100);
    if constexpr (requires { check.slowAfter; })
        if (coin(random))
            check.slowAfter = duration(random, 1, 600'000);
    if constexpr (requires {
                      check.tls;
                      check.secure;
                  }) {
        if (check.secure && coin(random))
            check.tls = tlsSettings(random);
    } else if constexpr (requires { check.tls; }) {
        if (coin(random))
            check.tls = tlsSettings(random);
    }
}

template <typename Check>
CheckSpec filled(QRandomGenerator &random)
{
    Check check;
    fillCommon(random, check);
    return check;
}

CheckSpec tcpCheck(QRandomGenerator &random)
{
    auto check = std::get<TcpCheck>(filled<TcpCheck>(random));
    if (coin(random))
        check.send = oddBytes(random);
    if (coin(random))
        check.expect = oddText(random);
    return check;
}

CheckSpec tlsCheck(QRandomGenerator &random)
{
    auto check = std::get<TlsCheck>(filled<TlsCheck>(random));
    check.startTls = static_cast<StartTls>(random.bounded(static_cast<int>(StartTls::Mysql) + 1));
    return check;
}

CheckSpec databaseCheck(QRandomGenerator &random)
{
    auto check = std::get<DatabaseCheck>(filled<DatabaseCheck>(random));
    check.kind = coin(random) ? DatabaseKind::Mysql : DatabaseKind::Postgresql;
    if (coin(random))
        return check;
    check.user = oddText(random);
    check.password = secret(random);
    if (coin(random))
        check.database = oddText(random);
    if (coin(random))
        check.query = QStringLiteral("SELECT count(*)\nFROM \"order\" -- all");
    if (coin(random))
        check.expect = oddText(random);
    return check;
}

CheckSpec redisCheck(QRandomGenerator &random)
{
    auto check = std::get<RedisCheck>(filled<RedisCheck>(random));
    if (coin(random))
        check.user = oddText(random);
    if (coin(random))
        check.password = secret(random);
    return check;
}

CheckSpec fastCgiCheck(QRandomGenerator &random)
{
    auto check = std::get<FastCgiCheck>(filled<FastCgiCheck>(random));
    check.path = oneOf(random, QStringList{QStringLiteral("/ping"), QStringLiteral("/a b")});
    check.expect = oneOf(random, QStringList{QStringLiteral("pong"), QString(), QStringLiteral("yes")});
    if (coin(random))
        check.statusPath = QStringLiteral("/status?x=1");
    return check;
}

CheckSpec mailCheck(QRandomGenerator &random)
{
    auto check = std::get<MailCheck>(filled<MailCheck>(random));
    check.protocol = coin(random) ? MailProtocol::Smtp : MailProtocol::Imap;
    check.security = static_cast<MailSecurity>(random.bounded(3));
    return check;
}

CheckSpec dnsCheck(QRandomGenerator &random)
{
    auto check = std::get<DnsCheck>(filled<DnsCheck>(random));
    check.name =
        oneOf(random, QStringList{QStringLiteral("shop.example"), QStringLiteral("_sip._tcp.a.example")});
    check.type = static_cast<DnsType>(random.bounded(static_cast<int>(DnsType::Caa) + 1));
    check.resolver =
        oneOf(random, QStringList{QString(), QStringLiteral("192.0.2.53"), QStringLiteral("192.0.2.53:5353"),
                                  QStringLiteral("2001:db8::53"), QStringLiteral("[2001:db8::53]:5353")});
    while (coin(random))
        check.expect += oddText(random);
    check.exactly = coin(random);
    return check;
}

CheckSpec pingCheck(QRandomGenerator &random)
{
    auto check = std::get<PingCheck>(filled<PingCheck>(random));
    check.host = QStringLiteral("2001:db8::1");
    check.family = static_cast<AddressFamily>(random.bounded(4));
    check.count = random.bounded(1, 21);
    return check;
}

CheckSpec pushCheck(QRandomGenerator &random)
{
    PushCheck check;
    check.token = secret(random);
    check.grace = duration(random, 0, 3'600'000);
    return check;
}

CheckSpec anyCheck(QRandomGenerator &random)
{
    using Make = CheckSpec (*)(QRandomGenerator &);
    static const QList<Make> makers{
        &tcpCheck,     &tlsCheck,  &databaseCheck,    &redisCheck, &filled<MemcachedCheck>,
        &fastCgiCheck, &mailCheck, &filled<SshCheck>, &dnsCheck,   &pingCheck,
        &pushCheck};
    return coin(random) ? CheckSpec(httpCheck(random)) : oneOf(random, makers)(random);
}

MaintenanceWindow maintenanceWindow(QRandomGenerator &random)
{
    MaintenanceWindow window;
    window.kind = static_cast<MaintenanceWindow::Kind>(random.bounded(3));
    window.reason = oddText(random);
    if (window.kind == MaintenanceWindow::Kind::Once) {
        window.from = 1'790'000'000'000 + random.bounded(1'000'000);
        window.to = window.from + 1 + random.bounded(1'000'000);
        return window;
    }
    window.duration = duration(random, 60'000, 1'000'000'000);
    window.zone = coin(random) ? QByteArray() : QByteArrayLiteral("Europe/Berlin");
    if (window.kind == MaintenanceWindow::Kind::Cron) {
        window.cron = QStringLiteral("*/15 2-4 1,15 jan-mar mon");
        return window;
    }
    for (int day = 1; day <= 7; ++day)
        if (coin(random) || (day == 7 && window.weekdays.isEmpty()))
            window.weekdays += day;
    window.start = QTime(random.bounded(24), random.bounded(60));
    return window;
}

QString oddName(QRandomGenerator &random, qsizetype number)
{
    return oddLine(random).remove(u'/').remove(QChar(QChar::ByteOrderMark)) + QString::number(number);
}

void addMonitors(QRandomGenerator &random, const QString &service, Configuration &configuration)
{
    QStringList earlier;
    while (random.bounded(4) != 0) {
        auto monitor = generatedMonitor(random, service, oddName(random, configuration.monitors.size()));
        for (const auto &name : std::as_const(earlier))
            if (coin(random))
                monitor.dependsOn.append(service.isEmpty() || coin(random) ? name
                                                                           : QString(service + u'/' + name));
        if (random.bounded(6) == 0 && !earlier.isEmpty())
            monitor.check = GroupCheck{earlier, random.bounded(static_cast<int>(earlier.size()) + 1)};
        earlier.append(monitor.name);
        configuration.monitors.append(monitor);
    }
}

} // namespace

Monitor generatedMonitor(QRandomGenerator &random, const QString &service, const QString &name)
{
    Monitor monitor;
    monitor.service = service;
    monitor.name = name;
    monitor.layer = static_cast<Layer>(random.bounded(static_cast<int>(Layer::Unknown) + 1));
    monitor.check = anyCheck(random);
    while (random.bounded(4) == 0)
        monitor.maintenance.append(maintenanceWindow(random));
    if (coin(random))
        monitor.announcedMaintenance = coin(random) ? milliseconds(0) : duration(random, 60'000, 604'800'000);
    if (coin(random))
        monitor.interval = duration(random, 1'000, 604'800'000);
    if (coin(random))
        monitor.timeout = duration(random, 100, 600'000);
    if (coin(random))
        monitor.retries = random.bounded(0, 101);
    if (coin(random))
        monitor.retryInterval = duration(random, 1'000, 604'800'000);
    monitor.paused = coin(random);
    return monitor;
}

Configuration generatedConfiguration(QRandomGenerator &random)
{
    Configuration configuration;
    if (coin(random)) {
        configuration.network.usualWitnesses = coin(random);
        configuration.network.checksPerHost = random.bounded(0, 1'000);
        configuration.network.witnesses = {{NetworkScope::Lan, QStringLiteral("192.168.1.1"), 0},
                                           {NetworkScope::Vpn, QStringLiteral("vpn.example"), 443}};
        configuration.network.questions = coin(random);
        if (coin(random))
            configuration.network.vantagePoints = {
                QUrl(QStringLiteral("http://probe.example:9115/probe?module=web"))};
    }
    const int services = random.bounded(4);
    for (int i = 0; i < services; ++i) {
        Service service{oddName(random, i), {}};
        while (random.bounded(4) == 0)
            service.maintenance.append(maintenanceWindow(random));
        for (const auto *kind : {u"php-fpm", u"prometheus", u"nginx", u"apache", u"haproxy"})
            if (coin(random))
                service.load.append(
                    {QString::fromUtf16(kind), QUrl(QStringLiteral("http://10.0.0.5:9100/a?b"))});
        if (coin(random))
            service.timeouts = {{QStringLiteral("nginx"), milliseconds(random.bounded(1, 100'000))},
                                {QStringLiteral("php-fpm"), std::chrono::minutes(2)}};
        configuration.services.append(service);
        addMonitors(random, service.name, configuration);
    }
    addMonitors(random, {}, configuration);
    return configuration;
}

} // namespace backwatch
