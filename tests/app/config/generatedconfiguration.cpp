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
    check.method = oneOf(random, QList{HttpMethod::Get, HttpMethod::Head, HttpMethod::Post});
    check.headers = headers(random);
    if (coin(random))
        check.body = oddBytes(random);
    check.expect = expectation(random);
    check.connectTo =
        oneOf(random, QStringList{QString(), QStringLiteral("a.example:80"), QStringLiteral("[fe80::1]:1")});
    check.family = oneOf(random, QList{AddressFamily::Any, AddressFamily::Ipv4, AddressFamily::Ipv6});
    check.followRedirects = coin(random);
    return check;
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
    monitor.check = httpCheck(random);
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
    const int services = random.bounded(4);
    for (int i = 0; i < services; ++i) {
        Service service{oddName(random, i), {}};
        for (const auto *kind : {u"php-fpm", u"prometheus", u"nginx", u"apache", u"haproxy"})
            if (coin(random))
                service.load.append(
                    {QString::fromUtf16(kind), QUrl(QStringLiteral("http://10.0.0.5:9100/a?b"))});
        configuration.services.append(service);
        addMonitors(random, service.name, configuration);
    }
    addMonitors(random, {}, configuration);
    return configuration;
}

} // namespace backwatch
