// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/bits.h"

#include "app/history/bytes.h"

namespace backwatch {

int golombLength(quint64 number, int order)
{
    const int digits = digitsOf(number + (quint64(1) << order));
    return digits + digits - order - 1;
}

void BitWriter::bit(bool value)
{
    if (m_used == 8) {
        m_bytes.append('\0');
        m_used = 0;
    }
    if (value)
        m_bytes.back() = static_cast<char>(static_cast<quint8>(m_bytes.back()) | 0x80u >> m_used);
    ++m_used;
}

void BitWriter::golomb(quint64 number, int order)
{
    const quint64 shifted = number + (quint64(1) << order);
    const int digits = digitsOf(shifted);
    for (int zeros = digits - order - 1; zeros > 0; --zeros)
        bit(false);
    for (int digit = digits; digit-- > 0;)
        bit((shifted >> digit & 1) != 0);
}

quint64 BitReader::lastWord(const char *bytes, qsizetype count)
{
    quint64 word = 0;
    for (qsizetype i = 0; i < count; ++i)
        word |= quint64(static_cast<quint8>(bytes[i])) << (56 - 8 * i);
    return word;
}

BitReader BitReader::afterLongGolomb(BitReader reader, int order, quint64 &number)
{
    const auto damaged = [] {
        BitReader nothing{QByteArrayView()};
        nothing.m_good = false;
        return nothing;
    };
    int zeros = 0;
    for (;;) {
        reader.fill();
        const int more = std::countl_zero(reader.m_window);
        if (more < reader.m_bits) {
            zeros += more;
            reader.take(more + 1);
            break;
        }
        if (reader.m_bits == 0)
            return damaged();
        zeros += reader.m_bits;
        reader.take(reader.m_bits);
    }
    if (zeros + order > 61)
        return damaged();
    quint64 shifted = 1;
    for (int digits = zeros + order; digits > 0;) {
        reader.fill();
        const int part = std::min(digits, reader.m_bits);
        if (part == 0)
            return damaged();
        shifted = shifted << part | reader.take(part);
        digits -= part;
    }
    number = shifted - (quint64(1) << order);
    return reader;
}

} // namespace backwatch
