// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/plausiblehistory.h"

#include <QMap>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace backwatch {

namespace {

constexpr UtcMs kMinute = 60'000;
constexpr UtcMs kHour = 60 * kMinute;
constexpr UtcMs kDay = 24 * kHour;
constexpr UtcMs kInterval = 30'000;

struct Event
{
    UtcMs ago; ///< its start, before now
    UtcMs lasts;
    State state;
    int code; ///< of its answers; -1: nothing was observed
    const char *detail;
};

// Oldest first, as intervals are.
constexpr Event kEvents[] = {
    {24 * kDay, 2 * kHour, State::Down, 502, "502 Bad Gateway"},
    {19 * kDay, 26 * kHour, State::NotObserved, -1, ""},
    {11 * kDay, 90 * kMinute, State::Down, 503, "503 Service Unavailable"},
    {6 * kDay, 4 * kHour, State::Maintenance, 503, ""},
    {3 * kDay, 50 * kMinute, State::Down, 0, "No answer within 10 s"},
    {14 * kHour, 3 * kHour, State::NotObserved, -1, ""},
    {9 * kHour, 12 * kMinute, State::Down, 0, "Connection refused by 192.0.2.7"},
    {5 * kHour, 40 * kMinute, State::Down, 503, "503 Backend fetch failed"},
    {22 * kMinute, 5 * kMinute, State::Down, 503, "503 Service Unavailable"},
};

/// 0 to 1, the same for the same number.
double noise(qint64 n)
{
    auto x = static_cast<quint64>(n) * 0x9E3779B97F4A7C15ULL;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9ULL;
    x ^= x >> 32;
    return double(x % 1'000'003) / 1'000'003;
}

microseconds quantile(const QList<microseconds> &sorted, double q)
{
    return sorted.at(qsizetype(std::ceil(q * double(sorted.size()))) - 1);
}

} // namespace

PlausibleHistory::Answer PlausibleHistory::at(UtcMs time) const
{
    const qint64 n = time / kInterval;
    for (const auto &event : kEvents) {
        const UtcMs from = m_now - event.ago;
        if (time < from || time >= from + event.lasts)
            continue;
        if (event.code < 0)
            return {};
        const bool silent = event.code == 0 || noise(n + 7) < 0.2;
        return {true, silent ? 0 : event.code, microseconds(qint64(4'000 + 30'000 * noise(n)))};
    }
    const double hour = double(time % kDay) / double(kHour);
    const double rhythm = 1 + 0.55 * std::sin((hour - 9) / 24 * 2 * std::numbers::pi);
    double ms = 42 * rhythm + 26 * noise(n) * noise(n + 1);
    if (noise(n + 2) > 0.985)
        ms *= 2.6;
    if (noise(n + 3) > 0.9996)
        ms += 3'400 * noise(n + 4);
    int code = noise(n + 5) > 0.9998 ? 502 : 200;
    if (noise(n + 6) > 0.9995)
        code = 301;
    return {true, code, microseconds(qint64(ms * 1'000))};
}

QList<Rollup> PlausibleHistory::rollups(UtcMs from, UtcMs to, milliseconds width) const
{
    QList<Rollup> result;
    const qint64 step = width.count();
    for (UtcMs start = from - from % step; start < std::min(to, m_now); start += step) {
        Rollup rollup{start, width, 0, 0, {}, {}, {}, {}, {}, {}};
        QMap<int, int> codes;
        QList<microseconds> latencies;
        const UtcMs first = (start + kInterval - 1) / kInterval * kInterval;
        for (UtcMs time = first; time < std::min(start + step, m_now); time += kInterval) {
            const Answer answer = at(time);
            if (!answer.checked)
                continue;
            ++rollup.checks;
            ++codes[answer.code];
            rollup.failures += answer.code == 0 || answer.code >= 400;
            if (answer.code > 0)
                latencies.append(answer.latency);
        }
        if (rollup.checks == 0)
            continue;
        for (auto it = codes.cbegin(); it != codes.cend(); ++it)
            rollup.codes.append({it.key(), it.value()});
        std::sort(latencies.begin(), latencies.end());
        if (!latencies.isEmpty()) {
            rollup.min = latencies.first();
            rollup.p50 = quantile(latencies, 0.5);
            rollup.p95 = quantile(latencies, 0.95);
            rollup.p99 = quantile(latencies, 0.99);
            rollup.max = latencies.last();
        }
        result.append(rollup);
    }
    return result;
}

QList<StateInterval> PlausibleHistory::states() const
{
    QList<StateInterval> result;
    UtcMs from = m_now - 60 * kDay;
    for (const auto &event : kEvents) {
        const UtcMs start = m_now - event.ago;
        result.append({State::Up, from, start});
        result.append({event.state, start, start + event.lasts});
        from = start + event.lasts;
    }
    result.append({State::Up, from, m_now});
    return result;
}

QList<Incident> PlausibleHistory::incidents(MonitorId monitor) const
{
    QList<Incident> result;
    for (const auto &event : kEvents) {
        if (event.state != State::Down)
            continue;
        Incident incident;
        incident.id = 100 + result.size();
        incident.monitor = monitor;
        incident.openedAt = m_now - event.ago;
        incident.confirmedAt = incident.openedAt + 10'000;
        incident.closedAt = incident.openedAt + event.lasts;
        incident.outcome = event.code == 0 ? Outcome::ConnectTimeout : Outcome::HttpStatus;
        incident.httpStatus = event.code;
        incident.detail = QString::fromLatin1(event.detail);
        result.prepend(incident);
    }
    return result;
}

} // namespace backwatch
