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

void BitReader::fillSlowly()
{
    for (; m_bits <= 56 && m_at < m_bytes.size(); m_bits += 8)
        m_window |= quint64(static_cast<quint8>(m_bytes[m_at++])) << (56 - m_bits);
}

quint64 BitReader::damaged()
{
    m_good = false;
    m_bits = 0;
    m_window = 0;
    m_at = m_bytes.size();
    return 0;
}

} // namespace backwatch
