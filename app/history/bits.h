// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtEndian>

#include <bit>

namespace backwatch {

// Numbers in few bits, highest bit of a byte first: Exp-Golomb codes of an order k. A number n is written as
// n + 2^k in binary, after as many zeros as that has bits more than k + 1.

/// How many bits a number takes.
int golombLength(quint64 number, int order);

class BitWriter
{
public:
    /// @param number below 2^62
    void golomb(quint64 number, int order);
    /// The bits so far, filled up with zeros.
    const QByteArray &bytes() const { return m_bytes; }

private:
    void bit(bool value);

    QByteArray m_bytes;
    int m_used = 8; ///< of the last byte
};

/// Past the end everything is zero, and good() tells.
class BitReader
{
public:
    explicit BitReader(QByteArrayView bytes) : m_bytes(bytes) {}

    /// What is written takes two looks at the window at most: zeros and the 1 behind them, then as many
    /// digits again and those of the order. Longer ones are damage. In the header because a year's chart
    /// reads half a million.
    quint64 golomb(int order)
    {
        if (m_bits < 32)
            fill();
        int zeros = std::countl_zero(m_window);
        if (zeros + zeros + order >= m_bits) { // a long one, or near the end
            fill();
            zeros = std::countl_zero(m_window);
            if (zeros >= m_bits || zeros + order > 61)
                return damaged();
        }
        take(zeros + 1);
        const int digits = zeros + order;
        if (digits > m_bits) {
            fill();
            if (digits > m_bits)
                return damaged();
        }
        return ((quint64(1) << digits) | take(digits)) - (quint64(1) << order);
    }
    bool good() const { return m_good; }

private:
    void fill()
    {
        if (m_bytes.size() - m_at < 8)
            return fillSlowly();
        m_window |= qFromBigEndian<quint64>(m_bytes.data() + m_at) >> m_bits;
        m_at += (63 - m_bits) / 8;
        m_bits += (63 - m_bits) / 8 * 8;
    }
    void fillSlowly();
    /// @param count 63 at most, and not more than there are
    quint64 take(int count)
    {
        const quint64 value = m_window >> 1 >> (63 - count);
        m_window <<= count;
        m_bits -= count;
        return value;
    }
    quint64 damaged();

    QByteArrayView m_bytes;
    qsizetype m_at = 0;   ///< of the next byte
    quint64 m_window = 0; ///< the next bits, highest first; what is behind them does not count
    int m_bits = 0;       ///< that are in it, 56 at least until the end is near
    bool m_good = true;
};

} // namespace backwatch
