// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/latencysketch.h"

#include "app/history/bits.h"
#include "app/history/bytes.h"
#include "app/history/valuecode.h"

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kOrders = 16;

/// The order in which those numbers take the fewest bits.
template <typename Numbers>
int bestOrder(const Numbers &numbers)
{
    int best = 0;
    qint64 fewest = -1;
    for (int order = 0; order < kOrders; ++order) {
        qint64 bits = 0;
        for (const quint64 number : numbers)
            bits += golombLength(number, order);
        if (fewest < 0 || bits < fewest) {
            fewest = bits;
            best = order;
        }
    }
    return best;
}

} // namespace

void LatencySketch::add(microseconds duration)
{
    const auto code =
        static_cast<quint32>(codeOf(static_cast<quint64>(std::max<qint64>(duration.count(), 0))));
    const auto at = std::lower_bound(m_steps.begin(), m_steps.end(), code,
                                     [](const Step &step, quint32 wanted) { return step.code < wanted; });
    if (at != m_steps.end() && at->code == code)
        ++at->count;
    else
        m_steps.insert(at, {code, 1});
    ++m_count;
}

void LatencySketch::merge(const LatencySketch &other)
{
    std::vector<Step> merged;
    merged.reserve(m_steps.size() + other.m_steps.size());
    auto mine = m_steps.begin();
    for (const auto &step : other.m_steps) {
        while (mine != m_steps.end() && mine->code < step.code)
            merged.push_back(*mine++);
        merged.push_back(step);
        if (mine != m_steps.end() && mine->code == step.code)
            merged.back().count += (mine++)->count;
    }
    merged.insert(merged.end(), mine, m_steps.end());
    m_steps = std::move(merged);
    m_count += other.m_count;
}

std::optional<microseconds> LatencySketch::percentile(unsigned percent) const
{
    if (m_count == 0)
        return std::nullopt;
    const quint64 rank = std::max<quint64>((m_count * percent + 99) / 100, 1);
    quint64 seen = 0;
    for (const auto &step : m_steps) {
        seen += step.count;
        if (seen >= rank)
            return microseconds(static_cast<qint64>(valueOf(step.code)));
    }
    return microseconds(static_cast<qint64>(valueOf(m_steps.back().code)));
}

// Steps are many and their counts small: distances between the steps and counts less one, in few bits.
QByteArray LatencySketch::packed() const
{
    std::vector<quint64> distances;
    std::vector<quint64> more;
    quint64 before = 0;
    for (const auto &step : m_steps) {
        if (!more.empty())
            distances.push_back(step.code - before - 1);
        more.push_back(step.count - 1);
        before = step.code;
    }
    const int distanceOrder = bestOrder(distances);
    const int countOrder = bestOrder(more);

    ByteWriter head;
    head.number(m_steps.size());
    if (m_steps.empty())
        return head.bytes();
    head.byte(static_cast<quint8>(distanceOrder << 4 | countOrder));
    head.number(m_steps.front().code);
    BitWriter bits;
    for (std::size_t i = 0; i < more.size(); ++i) {
        if (i > 0)
            bits.golomb(distances[i - 1], distanceOrder);
        bits.golomb(more[i], countOrder);
    }
    return head.bytes() + bits.bytes();
}

std::optional<LatencySketch> LatencySketch::unpacked(QByteArrayView bytes)
{
    ByteReader head(bytes);
    const quint64 steps = head.number();
    LatencySketch sketch;
    if (steps == 0)
        return head.good() ? std::optional(sketch) : std::nullopt;
    const quint8 orders = head.byte();
    quint64 code = head.number();
    BitReader bits(head.rest());
    const quint64 last = codeOf(~quint64(0));
    if (!head.good() || steps > last + 1)
        return std::nullopt;
    sketch.m_steps.reserve(steps);
    for (quint64 i = 0; i < steps; ++i) {
        if (i > 0)
            code += bits.golomb(orders >> 4) + 1;
        const quint64 count = bits.golomb(orders & 0xf) + 1;
        if (!bits.good() || code > last)
            return std::nullopt;
        sketch.m_steps.push_back({static_cast<quint32>(code), count});
        sketch.m_count += count;
    }
    return sketch;
}

} // namespace backwatch
