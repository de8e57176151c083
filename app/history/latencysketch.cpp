// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/latencysketch.h"

#include "app/history/bits.h"
#include "app/history/bytes.h"
#include "app/history/valuecode.h"

#include <algorithm>
#include <array>
#include <utility>

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

quint64 *LatencySketch::countsFrom(quint32 first, quint32 last)
{
    if (m_counts.empty())
        m_first = first;
    const quint32 end = std::max(m_first + static_cast<quint32>(m_counts.size()), last + 1);
    if (first < m_first) {
        // Hours that are merged reach lower one by one; with some room for the next they need not all be
        // moved.
        const quint32 from = first - std::min(first, (end - first) / 4);
        m_counts.insert(m_counts.begin(), m_first - from, 0);
        m_first = from;
    }
    if (end - m_first > m_counts.size())
        m_counts.resize(end - m_first);
    return m_counts.data() + (first - m_first);
}

void LatencySketch::add(microseconds duration)
{
    const auto code =
        static_cast<quint32>(codeOf(static_cast<quint64>(std::max<qint64>(duration.count(), 0))));
    ++*countsFrom(code, code);
    ++m_count;
}

void LatencySketch::merge(const LatencySketch &other)
{
    if (other.m_counts.empty())
        return;
    quint64 *mine =
        countsFrom(other.m_first, other.m_first + static_cast<quint32>(other.m_counts.size()) - 1);
    for (const quint64 count : other.m_counts)
        *mine++ += count;
    m_count += other.m_count;
}

quint32 LatencySketch::firstCode() const
{
    const auto first =
        std::find_if(m_counts.cbegin(), m_counts.cend(), [](quint64 count) { return count > 0; });
    return m_first + static_cast<quint32>(first - m_counts.cbegin());
}

bool LatencySketch::operator==(const LatencySketch &other) const
{
    if (m_count != other.m_count)
        return false;
    if (m_count == 0)
        return true;
    const quint32 first = firstCode();
    if (first != other.firstCode())
        return false;
    // Behind the shorter one only zeros are left, since both hold as many.
    auto mine = m_counts.cbegin() + (first - m_first);
    auto others = other.m_counts.cbegin() + (first - other.m_first);
    const auto length = std::min(m_counts.cend() - mine, other.m_counts.cend() - others);
    return std::equal(mine, mine + length, others);
}

void LatencySketch::clear()
{
    m_count = 0;
    m_counts.clear();
}

std::optional<microseconds> LatencySketch::percentile(unsigned percent) const
{
    if (m_count == 0)
        return std::nullopt;
    const quint64 rank = std::max<quint64>((m_count * percent + 99) / 100, 1);
    // From the end that is nearer; above the rank are at most so many.
    auto code = m_counts.cbegin();
    if (percent <= 50) {
        for (quint64 seen = *code; seen < rank; seen += *code)
            ++code;
    } else {
        code = m_counts.cend() - 1;
        for (quint64 above = *code; above <= m_count - rank; above += *code)
            --code;
    }
    return microseconds(
        static_cast<qint64>(valueOf(m_first + static_cast<quint64>(code - m_counts.cbegin()))));
}

// Steps are many and their counts small: distances between the steps and counts less one, in few bits.
QByteArray LatencySketch::packed() const
{
    std::vector<quint64> distances;
    std::vector<quint64> more;
    std::size_t before = 0;
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        if (m_counts[i] == 0)
            continue;
        if (!more.empty())
            distances.push_back(i - before - 1);
        more.push_back(m_counts[i] - 1);
        before = i;
    }
    const int distanceOrder = bestOrder(distances);
    const int countOrder = bestOrder(more);

    ByteWriter head;
    head.number(more.size());
    if (more.empty())
        return head.bytes();
    head.byte(static_cast<quint8>(distanceOrder << 4 | countOrder));
    head.number(firstCode());
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
    LatencySketch sketch;
    return sketch.mergePacked(bytes) ? std::optional(std::move(sketch)) : std::nullopt;
}

bool LatencySketch::mergePacked(QByteArrayView bytes)
{
    ByteReader head(bytes);
    const quint64 steps = head.number();
    if (steps == 0)
        return head.good();
    const quint8 orders = head.byte();
    quint64 code = head.number();
    constexpr quint64 last = codeOf(~quint64(0));
    if (!head.good() || steps > last + 1)
        return false;

    std::array<quint32, last + 1> codes; // not filled with zeros: that would take longer than all the rest
    std::array<quint64, last + 1> counts;
    quint64 total = 0;
    BitReader bits(head.rest());
    const int distanceOrder = orders >> 4;
    const int countOrder = orders & 0xf;
    for (quint64 i = 0;;) {
        counts[i] = bits.golomb(countOrder) + 1;
        codes[i] = static_cast<quint32>(code);
        total += counts[i];
        if (++i == steps)
            break;
        code += bits.golomb(distanceOrder) + 1;
        if (code > last)
            return false;
    }
    if (!bits.good() || codes[0] > last)
        return false;
    quint64 *const mine = countsFrom(codes[0], codes[steps - 1]);
    for (quint64 i = 0; i < steps; ++i)
        mine[codes[i] - codes[0]] += counts[i];
    m_count += total;
    return true;
}

} // namespace backwatch
