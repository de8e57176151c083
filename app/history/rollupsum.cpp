// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/rollupsum.h"

#include "app/core/answercode.h"
#include "app/core/outcome.h"
#include "app/history/bytes.h"
#include "app/history/valuecode.h"
#include "app/history/wrapping.h"

#include <algorithm>

namespace backwatch {

namespace {

/// More than any row can stand for; what a damaged one says can be added up all the same.
constexpr qint64 kMostChecks = 1'000'000'000'000;

/// Takes a number and the sign behind it, which the end stands for too, off the front. A year's chart reads
/// tens of thousands of them, at a tenth of what a locale's reading of numbers takes.
std::optional<qint64> leadingNumber(QByteArrayView &text, char end)
{
    qint64 number = 0;
    qsizetype digits = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9' && digits < 18; ++digits)
        number = number * 10 + (text[digits] - '0');
    if (digits == 0 || (digits < text.size() && text[digits] != end))
        return std::nullopt;
    text = text.sliced(std::min(digits + 1, text.size()));
    return number;
}

std::optional<Tally::Entry> leadingEntry(QByteArrayView &text)
{
    const auto number = leadingNumber(text, ':');
    const auto count = number ? leadingNumber(text, ' ') : std::nullopt;
    return count ? std::optional(Tally::Entry{*number, *count}) : std::nullopt;
}

} // namespace

void Tally::add(qint64 number, qint64 count)
{
    const auto at = std::lower_bound(m_entries.begin(), m_entries.end(), number,
                                     [](const Entry &entry, qint64 wanted) { return entry.number < wanted; });
    if (at != m_entries.end() && at->number == number)
        at->count += count;
    else
        m_entries.insert(at, {number, count});
}

void Tally::merge(const Tally &other)
{
    for (const auto &entry : other.m_entries)
        add(entry.number, entry.count);
}

qint64 Tally::countOf(qint64 number) const
{
    for (const auto &entry : m_entries)
        if (entry.number == number)
            return entry.count;
    return 0;
}

QString Tally::text() const
{
    QString text;
    for (const auto &entry : m_entries) {
        if (!text.isEmpty())
            text += u' ';
        text += QString::number(entry.number) + u':' + QString::number(entry.count);
    }
    return text;
}

std::optional<Tally> Tally::fromText(QByteArrayView text)
{
    if (!totalOf(text))
        return std::nullopt;
    Tally tally;
    tally.addText(text);
    return tally;
}

std::optional<qint64> Tally::totalOf(QByteArrayView text)
{
    qint64 total = 0;
    while (!text.isEmpty()) {
        const auto entry = leadingEntry(text);
        if (!entry || entry->count > kMostChecks - total)
            return std::nullopt;
        total += entry->count;
    }
    return total;
}

void Tally::addText(QByteArrayView text)
{
    while (!text.isEmpty()) {
        const auto entry = leadingEntry(text);
        if (!entry)
            return;
        add(entry->number, entry->count);
    }
}

void PhaseSum::add(qint64 duration)
{
    const auto code = static_cast<qint64>(codeOf(static_cast<quint64>(std::max<qint64>(duration, 0))));
    merge({1, duration, code, code});
}

void PhaseSum::merge(const PhaseSum &other)
{
    if (other.count == 0)
        return;
    leastCode = count == 0 ? other.leastCode : std::min(leastCode, other.leastCode);
    mostCode = count == 0 ? other.mostCode : std::max(mostCode, other.mostCode);
    count += other.count;
    sum = wrappingSum(sum, other.sum);
}

void RollupSum::add(const SampleRow &row)
{
    const auto outcome = outcomeFromNumber(static_cast<int>(row.outcome)).value_or(Outcome::Internal);
    const int code = answerCode(outcome, static_cast<int>(row.httpStatus));
    ++checks;
    if (judgementOf(outcome) == Judgement::Failed)
        ++failures;
    codes.add(code);
    outcomes.add(row.outcome);
    if (code != kNoAnswer) {
        least = std::min(least.value_or(row.total), row.total);
        most = std::max(most.value_or(row.total), row.total);
        sum = wrappingSum(sum, row.total);
        sketch.add(microseconds(row.total));
    }
    for (int phase = 0; phase < kPhaseCount; ++phase)
        if (row.has(phase))
            phases[static_cast<std::size_t>(phase)].add(row.phases[static_cast<std::size_t>(phase)]);
}

void RollupSum::merge(const RollupSum &other)
{
    checks += other.checks;
    failures += other.failures;
    codes.merge(other.codes);
    outcomes.merge(other.outcomes);
    if (other.least)
        least = std::min(least.value_or(*other.least), *other.least);
    if (other.most)
        most = std::max(most.value_or(*other.most), *other.most);
    sum = wrappingSum(sum, other.sum);
    sketch.merge(other.sketch);
    for (std::size_t phase = 0; phase < kPhaseCount; ++phase)
        phases[phase].merge(other.phases[phase]);
}

void RollupSum::clear()
{
    LatencySketch room = std::move(sketch);
    room.clear();
    *this = {};
    sketch = std::move(room);
}

Rollup RollupSum::rollup(UtcMs start, milliseconds width) const
{
    Rollup rollup;
    rollup.start = start;
    rollup.width = width;
    rollup.checks = static_cast<int>(checks);
    rollup.failures = static_cast<int>(failures);
    for (const auto &entry : codes.entries())
        rollup.codes.append({static_cast<int>(entry.number), static_cast<int>(entry.count)});
    if (!least || !most)
        return rollup;
    const auto within = [this](unsigned percent) -> std::optional<microseconds> {
        const auto value = sketch.percentile(percent);
        return value ? std::optional(std::clamp(*value, microseconds(*least), microseconds(*most))) : value;
    };
    rollup.min = microseconds(*least);
    rollup.p50 = within(50);
    rollup.p95 = within(95);
    rollup.p99 = within(99);
    rollup.max = microseconds(*most);
    return rollup;
}

// Most phases happen in every check; that takes one bit instead of a number.
QByteArray packPhases(const RollupSum &sum)
{
    ByteWriter out;
    quint8 always = 0;
    for (std::size_t phase = 0; phase < kPhaseCount; ++phase)
        if (sum.phases[phase].count == sum.checks)
            always |= static_cast<quint8>(1u << phase);
    out.byte(always);
    for (std::size_t phase = 0; phase < kPhaseCount; ++phase) {
        const auto &phaseSum = sum.phases[phase];
        if ((always >> phase & 1) == 0)
            out.number(static_cast<quint64>(phaseSum.count));
        if (phaseSum.count == 0)
            continue;
        out.signedNumber(phaseSum.sum);
        out.number(static_cast<quint64>(phaseSum.leastCode));
        out.number(static_cast<quint64>(phaseSum.mostCode - phaseSum.leastCode));
    }
    return out.bytes();
}

std::optional<std::array<PhaseSum, kPhaseCount>> unpackPhases(QByteArrayView bytes, qint64 checks)
{
    ByteReader in(bytes);
    std::array<PhaseSum, kPhaseCount> phases;
    const quint8 always = in.byte();
    for (std::size_t phase = 0; phase < kPhaseCount; ++phase) {
        auto &phaseSum = phases[phase];
        phaseSum.count = (always >> phase & 1) != 0 ? checks : static_cast<qint64>(in.number());
        if (phaseSum.count == 0)
            continue;
        phaseSum.sum = in.signedNumber();
        phaseSum.leastCode = static_cast<qint64>(in.number());
        phaseSum.mostCode = phaseSum.leastCode + static_cast<qint64>(in.number());
    }
    return in.good() ? std::optional(phases) : std::nullopt;
}

} // namespace backwatch
