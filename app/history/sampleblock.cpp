// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/sampleblock.h"

#include "app/history/columncodec.h"
#include "app/history/framecompressor.h"
#include "app/history/historytext.h"
#include "app/history/valuecode.h"

#include <algorithm>
#include <numeric>

namespace backwatch {

namespace {

constexpr quint8 kFormat = 1;
constexpr quint64 kMostSamples = 16 * 1024 * 1024;
constexpr qint64 kOtherTotal = 1 << kPhaseCount; ///< the phases do not sum to the total, which is stored

// The columns that every sample has, in their order in the block.
constexpr std::array kPlainColumns{&SampleRow::id,     &SampleRow::startedAt,  &SampleRow::outcome,
                                   &SampleRow::state,  &SampleRow::httpStatus, &SampleRow::address,
                                   &SampleRow::detail, &SampleRow::retryAfter};

// Up to some minutes; looking them up takes half the time of a year's reading off.
constexpr auto kUsualDurations = [] {
    std::array<qint64, 2'600> values{};
    for (std::size_t code = 0; code < values.size(); ++code)
        values[code] = static_cast<qint64>(valueOf(code));
    return values;
}();

qint64 durationOf(qint64 code)
{
    const auto index = static_cast<quint64>(code);
    return index < kUsualDurations.size() ? kUsualDurations[index] : signedValueOf(code);
}

qint64 sumOf(const SampleRow &row)
{
    return static_cast<qint64>(
        std::accumulate(row.phases.begin(), row.phases.end(), quint64(0),
                        [](quint64 sum, qint64 phase) { return sum + static_cast<quint64>(phase); }));
}

qint64 maskOf(const SampleRow &row)
{
    return row.present | (sumOf(row) == row.total ? 0 : kOtherTotal);
}

tl::unexpected<Error> damagedStretch()
{
    return failure(Error::Kind::Unreadable,
                   HistoryText::tr("A stretch of the history is damaged and cannot be shown. Put a backup in "
                                   "its place; the rest of the history is not affected."));
}

/// One block of the frame a column: each has a distribution, and so a code table, of its own.
class BlockWriter
{
public:
    BlockWriter(const SampleRows &rows, Precision precision) : m_rows(rows), m_precision(precision) {}

    Result<QByteArray> write()
    {
        m_out.byte(kFormat);
        m_out.byte(static_cast<quint8>(m_precision));
        m_out.number(m_rows.size());
        for (const auto column : kPlainColumns)
            add(allOf([column](const SampleRow &row) { return row.*column; }));
        add(allOf(maskOf));
        for (std::size_t phase = 0; phase < kPhaseCount; ++phase)
            add(durations(1 << phase, [phase](const SampleRow &row) { return row.phases[phase]; }));
        add(durations(kOtherTotal, [](const SampleRow &row) { return row.total; }));
        return compressed(m_out.bytes(), m_ends);
    }

private:
    template <typename Value>
    Column allOf(Value value) const
    {
        Column column;
        column.reserve(m_rows.size());
        for (const auto &row : m_rows)
            column.push_back(value(row));
        return column;
    }

    template <typename Value>
    Column durations(qint64 bit, Value value) const
    {
        Column column;
        column.reserve(m_rows.size());
        for (const auto &row : m_rows)
            if ((maskOf(row) & bit) != 0)
                column.push_back(m_precision == Precision::Exact ? value(row) : signedCodeOf(value(row)));
        return column;
    }

    void add(const Column &column)
    {
        if (!column.empty())
            writeColumn(m_out, column);
        m_ends.push_back(m_out.bytes().size());
    }

    const SampleRows &m_rows;
    const Precision m_precision;
    ByteWriter m_out;
    std::vector<qsizetype> m_ends;
};

class BlockReader
{
public:
    explicit BlockReader(const QByteArray &bytes) : m_in(bytes)
    {
        const bool known = m_in.byte() == kFormat;
        const quint8 precision = m_in.byte();
        const quint64 count = m_in.number();
        m_exact = precision == static_cast<quint8>(Precision::Exact);
        m_count = known && precision <= 1 && count <= kMostSamples ? count : 0;
        if (count != m_count)
            m_in.fail();
    }

    Result<SampleRows> rows();
    Result<AnswerColumns> answers();

private:
    Column plain() { return m_count > 0 && m_in.good() ? readColumn(m_in, m_count) : Column(); }
    void skip() { m_count > 0 ? skipColumn(m_in, m_count) : void(); }
    /// What is stored of the samples with that bit in their mask, and nothing of the others.
    Column durations(const Column &masks, qint64 bit);

    ByteReader m_in;
    bool m_exact = true;
    std::size_t m_count = 0;
};

Column BlockReader::durations(const Column &masks, qint64 bit)
{
    const auto count = static_cast<std::size_t>(
        std::count_if(masks.begin(), masks.end(), [bit](qint64 mask) { return (mask & bit) != 0; }));
    if (count == 0 || !m_in.good())
        return {};
    Column column = readColumn(m_in, count);
    if (!m_exact)
        std::transform(column.begin(), column.end(), column.begin(), durationOf);
    return column;
}

/// Hands each stored duration to its sample.
template <typename Place>
void spread(const Column &durations, const Column &masks, qint64 bit, Place place)
{
    if (durations.size() == masks.size()) {
        for (std::size_t i = 0; i < masks.size(); ++i)
            place(i, durations[i]);
        return;
    }
    std::size_t next = 0;
    for (std::size_t i = 0; i < masks.size() && next < durations.size(); ++i)
        if ((masks[i] & bit) != 0)
            place(i, durations[next++]);
}

Result<SampleRows> BlockReader::rows()
{
    SampleRows rows(m_count);
    for (const auto field : kPlainColumns) {
        const Column column = plain();
        for (std::size_t i = 0; i < column.size(); ++i)
            rows[i].*field = column[i];
    }
    const Column masks = plain();
    for (std::size_t phase = 0; phase < kPhaseCount; ++phase)
        spread(durations(masks, 1 << phase), masks, 1 << phase,
               [&](std::size_t i, qint64 value) { rows[i].phases[phase] = value; });
    const Column totals = durations(masks, kOtherTotal);
    if (!m_in.good())
        return damagedStretch();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].present = static_cast<quint8>(masks[i] & (kOtherTotal - 1));
        rows[i].total = sumOf(rows[i]);
    }
    spread(totals, masks, kOtherTotal, [&](std::size_t i, qint64 value) { rows[i].total = value; });
    return rows;
}

Result<AnswerColumns> BlockReader::answers()
{
    AnswerColumns answers;
    skip(); // id
    answers.startedAt = plain();
    answers.outcome = plain();
    skip(); // state
    answers.httpStatus = plain();
    skip(); // address
    skip(); // detail
    skip(); // retryAfter
    const Column masks = plain();
    answers.total.assign(m_count, 0);
    for (int phase = 0; phase < kPhaseCount; ++phase)
        spread(durations(masks, 1 << phase), masks, 1 << phase, [&](std::size_t i, qint64 value) {
            answers.total[i] =
                static_cast<qint64>(static_cast<quint64>(answers.total[i]) + static_cast<quint64>(value));
        });
    spread(durations(masks, kOtherTotal), masks, kOtherTotal,
           [&](std::size_t i, qint64 value) { answers.total[i] = value; });
    if (!m_in.good())
        return damagedStretch();
    return answers;
}

} // namespace

Result<QByteArray> packSamples(const SampleRows &rows, Precision precision)
{
    return BlockWriter(rows, precision).write();
}

Result<SampleRows> unpackSamples(const QByteArray &packed)
{
    const auto bytes = decompressed(packed);
    return bytes ? BlockReader(*bytes).rows() : damagedStretch();
}

Result<AnswerColumns> unpackAnswers(const QByteArray &packed)
{
    const auto bytes = decompressed(packed);
    return bytes ? BlockReader(*bytes).answers() : damagedStretch();
}

} // namespace backwatch
