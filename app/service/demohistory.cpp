// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/demohistory.h"

#include "app/history/daynumber.h"
#include "app/service/demoload.h"
#include "app/service/livemonitor.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace backwatch {

namespace {

/// The last day is as dense as live monitoring, the days before are coarser, so that the start stays quick.
constexpr qint64 kDenseCheckStepMs = 30'000;
constexpr qint64 kCoarseCheckStepMs = 5 * kMinuteMs;

enum class Fault { FetchFailed, Timeout, Refused, ServerError };

/// A stretch before `now` in which monitors whose name contains a word fail.
struct Outage
{
    const char16_t *word;
    qint64 beforeNowMs;
    qint64 lengthMs;
    Fault fault;
};

constexpr Outage kOutages[]{
    {u"Front page", 41 * kMinuteMs, 9 * kMinuteMs, Fault::FetchFailed},
    {u"Front page", 5 * kHourMs + 12 * kMinuteMs, 26 * kMinuteMs, Fault::FetchFailed},
    {u"Front page", 3 * kDayMs + 2 * kHourMs, 47 * kMinuteMs, Fault::FetchFailed},
    {u"Front page", 11 * kDayMs, 95 * kMinuteMs, Fault::FetchFailed},
    {u"Front page", 19 * kDayMs + 7 * kHourMs, 35 * kMinuteMs, Fault::Timeout},
    {u"Search", 7 * kHourMs, 14 * kMinuteMs, Fault::Timeout},
    {u"Search", 8 * kDayMs, 3 * kHourMs, Fault::Timeout},
    {u"Checkout", 3 * kDayMs + 2 * kHourMs, 41 * kMinuteMs, Fault::ServerError},
    {u"Blog", 15 * kDayMs + 4 * kHourMs, 70 * kMinuteMs, Fault::ServerError},
    // Not built yet, as far as this history goes: it has always refused.
    {u"Payment", 26 * kHourMs, 26 * kHourMs, Fault::Refused},
};

/// A night in which this program was off.
constexpr qint64 kOffFrom = 2 * kDayMs + 3 * kHourMs;
constexpr qint64 kOffTo = 1 * kDayMs + 19 * kHourMs;

const QString kShop = QStringLiteral("Shop");

const Outage *outageAt(const Monitor &monitor, qint64 beforeNow)
{
    for (const auto &outage : kOutages)
        if (beforeNow <= outage.beforeNowMs && beforeNow > outage.beforeNowMs - outage.lengthMs &&
            monitor.name.contains(QStringView(outage.word)))
            return &outage;
    return nullptr;
}

class Weather
{
public:
    explicit Weather(MonitorId id) : m_random(static_cast<quint32>(id) * 2'654'435'761U) {}

    /// Log-normal around the base, slower in the afternoon than at night, with a rare spike.
    microseconds latency(double baseMs, UtcMs at)
    {
        const double hour = static_cast<double>(at % kDayMs) / kHourMs;
        const double rhythm = 1.0 + 0.35 * std::sin((hour - 9.0) / 24.0 * 2.0 * std::numbers::pi);
        const double noise = std::exp(0.22 * gaussian());
        const double spike = m_random.generateDouble() < 0.004 ? 3.0 + 5.0 * m_random.generateDouble() : 1.0;
        return microseconds(static_cast<qint64>(baseMs * rhythm * noise * spike * 1000.0));
    }

private:
    double gaussian()
    {
        double sum = -6.0;
        for (int i = 0; i < 12; ++i)
            sum += m_random.generateDouble();
        return sum;
    }

    QRandomGenerator m_random;
};

Phases phasesOf(microseconds total, bool answered)
{
    Phases phases;
    phases.total = total;
    phases.connect = microseconds(std::min<qint64>(180, total.count() / 4));
    if (answered) {
        phases.send = microseconds(25);
        phases.receive = microseconds(std::min<qint64>(90, total.count() / 10));
        phases.wait = total - *phases.connect - *phases.send - *phases.receive;
    } else {
        phases.wait = total - *phases.connect;
    }
    return phases;
}

QList<HttpHeader> headersOf(const QByteArray &wire)
{
    QList<HttpHeader> headers;
    const auto lines = wire.first(wire.indexOf("\r\n\r\n")).split('\n');
    for (const auto &line : lines.sliced(1)) {
        const auto colon = line.indexOf(':');
        headers.append({line.first(colon), line.sliced(colon + 1).trimmed()});
    }
    return headers;
}

/// What the demonstration's own server would have sent at that moment.
ExchangePtr exchangeOf(const Monitor &monitor, const Sample &sample, const Outage *outage)
{
    auto exchange = std::make_shared<Exchange>();
    const auto &http = std::get<HttpCheck>(monitor.check);
    exchange->startedAt = sample.startedAt;
    exchange->outcome = sample.outcome;
    exchange->detail = sample.detail;
    exchange->method = "GET";
    exchange->url = http.url;
    exchange->requestHeaders = {{"Host", http.url.authority().toLatin1()},
                                {"User-Agent", "Backwatch/" BACKWATCH_VERSION},
                                {"Accept", "*/*"}};
    exchange->status = sample.httpStatus;
    exchange->phases = sample.phases;
    exchange->address = sample.address;
    exchange->port = static_cast<quint16>(http.url.port(80));
    if (sample.httpStatus == 0)
        return exchange;
    exchange->httpVersion = QStringLiteral("1.1");
    if (outage && outage->fault == Fault::FetchFailed) {
        const QByteArray wire = varnishFetchFailed(static_cast<int>(sample.startedAt / 1000 % 1'000'000));
        exchange->reason = "Backend fetch failed";
        exchange->responseHeaders = headersOf(wire);
        exchange->body = wire.sliced(wire.indexOf("\r\n\r\n") + 4);
    } else if (outage) {
        exchange->reason = "Internal Server Error";
        exchange->responseHeaders = {{"Server", "nginx/1.22.1"},
                                     {"Content-Type", "text/html; charset=UTF-8"}};
    } else {
        exchange->reason = "OK";
        exchange->responseHeaders = {{"Server", "nginx/1.22.1"},
                                     {"Content-Type", "text/html; charset=utf-8"}};
        exchange->body =
            "<!doctype html>\n<html><head><title>Shop</title></head><body><h1>Shop</h1></body></html>\n";
    }
    exchange->bodySize = exchange->body.size();
    return exchange;
}

void fail(Sample &sample, const Monitor &monitor, Fault fault, Weather &weather)
{
    switch (fault) {
    case Fault::FetchFailed:
        sample.outcome = Outcome::HttpStatus;
        sample.httpStatus = 503;
        sample.detail = QStringLiteral("503 Backend fetch failed");
        sample.phases = phasesOf(weather.latency(3, sample.startedAt), true);
        break;
    case Fault::ServerError:
        sample.outcome = Outcome::HttpStatus;
        sample.httpStatus = 500;
        sample.detail = QStringLiteral("500 Internal Server Error");
        sample.phases = phasesOf(weather.latency(40, sample.startedAt), true);
        break;
    case Fault::Timeout:
        sample.outcome = Outcome::FirstByteTimeout;
        sample.httpStatus = 0;
        sample.detail = QStringLiteral("No answer within %1 s after the request was sent.")
                            .arg(static_cast<double>(monitor.timeout.count()) / 1000.0, 0, 'f', 1);
        sample.phases = phasesOf(monitor.timeout, false);
        break;
    case Fault::Refused:
        sample.outcome = Outcome::ConnectRefused;
        sample.httpStatus = 0;
        sample.detail =
            QStringLiteral("%1 refuses connections.").arg(std::get<HttpCheck>(monitor.check).url.authority());
        sample.phases = {};
        sample.phases.total = microseconds(210);
        sample.phases.connect = microseconds(210);
        break;
    }
}

void writeMonitor(HistoryWriter &writer, const Monitor &monitor, const Fingerprints &fingerprints, UtcMs now)
{
    LiveMonitor live;
    live.monitor = monitor;
    Weather weather(monitor.id);
    const double baseMs = monitor.name.contains(QStringLiteral("Search"))
                              ? 1'150
                              : 14 + 9.0 * static_cast<double>(monitor.id % 5);
    const UtcMs begin = now - kDemoDays * kDayMs;
    bool wasOff = false;
    for (UtcMs at = begin + monitor.id * 1'700; at < now;
         at += now - at <= kDayMs ? kDenseCheckStepMs : kCoarseCheckStepMs) {
        const qint64 beforeNow = now - at;
        if (beforeNow <= kOffFrom && beforeNow > kOffTo) {
            if (!wasOff)
                writer.settle(monitor.id, State::NotObserved, at);
            wasOff = true;
            live.state = {};
            continue;
        }
        wasOff = false;
        Sample sample;
        sample.monitor = monitor.id;
        sample.startedAt = at;
        sample.address = QStringLiteral("127.0.0.1");
        const Outage *outage = outageAt(monitor, beforeNow);
        if (outage) {
            fail(sample, monitor, outage->fault, weather);
        } else {
            sample.outcome = Outcome::Ok;
            sample.httpStatus = 200;
            sample.phases = phasesOf(weather.latency(baseMs, at), true);
        }
        // Bodies are only needed where something may come of them.
        const bool keep = outage || outageAt(monitor, beforeNow - kCoarseCheckStepMs);
        const auto step = take(live, {sample, keep ? exchangeOf(monitor, sample, outage) : nullptr}, {},
                               fingerprints, Exchange::kBodyLimit);
        writer.append({sample, step.evaluation.next.state});
        if (step.evaluation.settled)
            writer.settle(monitor.id, step.evaluation.settled->to, step.evaluation.settled->at);
        if (step.incident.opened) {
            live.incident->id = writer.nextIncidentId();
            writer.store(*live.incident);
            writer.store(live.incident->id, Evidence{live.firstFailureExchange, live.lastGood});
        }
        if (step.incident.closed)
            writer.store(*step.incident.closed);
    }
}

Monitor demoMonitor(const QString &service, const QString &name, Layer layer, quint16 port,
                    const QString &path)
{
    HttpCheck check;
    check.url.setScheme(QStringLiteral("http"));
    check.url.setHost(QStringLiteral("127.0.0.1"));
    check.url.setPort(port);
    check.url.setPath(path);
    Monitor monitor;
    monitor.service = service;
    monitor.name = name;
    monitor.layer = layer;
    monitor.check = check;
    monitor.interval = milliseconds(5'000);
    monitor.retryInterval = milliseconds(1'000);
    monitor.timeout = milliseconds(4'000);
    return monitor;
}

} // namespace

Configuration demoConfiguration(const DemoServers &servers)
{
    const QString shop = kShop;
    const QString company = QStringLiteral("Company");
    Configuration configuration;
    QUrl metrics(QStringLiteral("http://127.0.0.1/metrics"));
    metrics.setPort(servers.metricsPort());
    configuration.services = {{shop, {{QStringLiteral("prometheus"), metrics}}}, {company, {}}};
    configuration.monitors = {
        demoMonitor(shop, QStringLiteral("Front page"), Layer::Edge, servers.alternatingPort(),
                    QStringLiteral("/")),
        demoMonitor(shop, QStringLiteral("Search"), Layer::Application, servers.slowPort(),
                    QStringLiteral("/search")),
        demoMonitor(shop, QStringLiteral("Checkout"), Layer::Application, servers.healthyPort(),
                    QStringLiteral("/checkout")),
        demoMonitor(shop, QStringLiteral("Payment"), Layer::Application, servers.refusingPort(),
                    QStringLiteral("/callback")),
        demoMonitor(company, QStringLiteral("Website"), Layer::WebServer, servers.healthyPort(),
                    QStringLiteral("/")),
        demoMonitor(company, QStringLiteral("Blog"), Layer::Application, servers.healthyPort(),
                    QStringLiteral("/blog")),
        demoMonitor(company, QStringLiteral("Documentation"), Layer::WebServer, servers.healthyPort(),
                    QStringLiteral("/docs")),
        demoMonitor(company, QStringLiteral("Newsletter"), Layer::Application, servers.healthyPort(),
                    QStringLiteral("/newsletter")),
    };
    auto &search = std::get<HttpCheck>(configuration.monitors[1].check);
    search.expect.slowAfter = milliseconds(1'600);
    return configuration;
}

void writeDemoHistory(HistoryWriter &writer, const QList<Monitor> &monitors, const Fingerprints &fingerprints,
                      UtcMs now)
{
    for (const auto &monitor : monitors)
        writeMonitor(writer, monitor, fingerprints, now);
    writeDemoLoad(writer, kShop, now, kOffFrom, kOffTo);
}

} // namespace backwatch
