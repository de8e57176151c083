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

bool BitReader::bit()
{
    if (m_at >= m_bytes.size() * 8) {
        m_good = false;
        return false;
    }
    const auto byte = static_cast<quint8>(m_bytes[m_at / 8]);
    return (byte >> (7 - m_at++ % 8) & 1) != 0;
}

quint64 BitReader::golomb(int order)
{
    int digits = order;
    while (m_good && !bit())
        ++digits;
    if (digits > 62)
        m_good = false;
    quint64 shifted = 1;
    for (; m_good && digits > 0; --digits)
        shifted = shifted << 1 | (bit() ? 1 : 0);
    return m_good ? shifted - (quint64(1) << order) : 0;
}

} // namespace backwatch
