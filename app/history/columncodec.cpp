// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/columncodec.h"

#include "app/history/wrapping.h"

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

enum Kind : quint8 { kDistances = 0, kDifferences = 1 };
constexpr int kMostPlanes = 8;

Column differences(const Column &column)
{
    Column steps(column.size());
    for (std::size_t i = 0; i < column.size(); ++i)
        steps[i] = i == 0 ? 0 : wrappingDifference(column[i], column[i - 1]);
    return steps;
}

qint64 middle(Column column)
{
    if (column.empty())
        return 0;
    const auto at = column.begin() + static_cast<std::ptrdiff_t>(column.size() / 2);
    std::nth_element(column.begin(), at, column.end());
    return *at;
}

/// About how many bits the numbers take; compares, does not predict.
std::size_t weight(const Column &column, qint64 base)
{
    std::size_t bits = 0;
    for (const qint64 value : column)
        bits += static_cast<std::size_t>(digitsOf(zigzag(wrappingDifference(value, base))));
    return bits;
}

void writePlanes(ByteWriter &out, Kind kind, const Column &column, qint64 base)
{
    quint64 all = 0;
    for (const qint64 value : column)
        all |= zigzag(wrappingDifference(value, base));
    const int planes = (digitsOf(all) + 7) / 8;
    out.byte(static_cast<quint8>(kind << 4 | planes));
    out.signedNumber(base);
    for (int plane = 0; plane < planes; ++plane) {
        char *to = out.extend(static_cast<qsizetype>(column.size()));
        for (const qint64 value : column)
            *to++ = static_cast<char>(zigzag(wrappingDifference(value, base)) >> (8 * plane) & 0xff);
    }
}

} // namespace

void writeColumn(ByteWriter &out, const Column &column)
{
    Column steps = differences(column);
    const qint64 base = middle(column);
    const qint64 stepBase = middle(steps);
    if (!steps.empty())
        steps.front() = stepBase; // nothing before it to differ from
    if (weight(steps, stepBase) >= weight(column, base)) {
        writePlanes(out, kDistances, column, base);
        return;
    }
    writePlanes(out, kDifferences, steps, stepBase);
    out.signedNumber(column.front());
}

void skipColumn(ByteReader &in, std::size_t count)
{
    const quint8 head = in.byte();
    in.signedNumber();
    for (int plane = 0; plane < (head & 0xf); ++plane)
        in.take(static_cast<qsizetype>(count));
    if (head >> 4 == kDifferences)
        in.signedNumber();
}

Column readColumn(ByteReader &in, std::size_t count)
{
    const quint8 head = in.byte();
    const int planes = head & 0xf;
    const qint64 base = in.signedNumber();
    if (planes > kMostPlanes || head >> 4 > kDifferences) {
        in.fail();
        return {};
    }
    std::array<const char *, kMostPlanes> bytes{};
    for (int plane = 0; plane < planes; ++plane)
        bytes[static_cast<std::size_t>(plane)] = in.take(static_cast<qsizetype>(count)).data();
    const bool differences = head >> 4 == kDifferences;
    const qint64 first = differences ? in.signedNumber() : 0;
    if (!in.good())
        return {};

    Column column(count);
    switch (planes) { // the usual ones in loops that the compiler can widen
    case 0:
        std::fill(column.begin(), column.end(), base);
        break;
    case 1:
        for (std::size_t i = 0; i < count; ++i)
            column[i] = wrappingSum(base, unzigzag(static_cast<quint8>(bytes[0][i])));
        break;
    default:
        for (std::size_t i = 0; i < count; ++i) {
            quint64 code = 0;
            for (int plane = planes; plane-- > 0;)
                code = code << 8 | static_cast<quint8>(bytes[static_cast<std::size_t>(plane)][i]);
            column[i] = wrappingSum(base, unzigzag(code));
        }
    }
    if (differences && count > 0) {
        column.front() = first;
        for (std::size_t i = 1; i < count; ++i)
            column[i] = wrappingSum(column[i - 1], column[i]);
    }
    return column;
}

} // namespace backwatch
