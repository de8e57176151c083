// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtEndian>

#include <algorithm>
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
    explicit BitReader(QByteArrayView bytes) : m_next(bytes.data()), m_left(bytes.size()) {}

    /// What is written is zeros, the 1 behind them, and as many digits again and those of the order: as one
    /// binary number of all of them the zeros change nothing. In the header because a year's chart reads a
    /// million, and inline; what is not is handed copies, so that the state can stay in registers.
    Q_ALWAYS_INLINE quint64 golomb(int order)
    {
        if (m_bits < 32)
            fill();
        const int zeros = std::countl_zero(m_window | 1); // the last bit never belongs to it
        const int length = zeros + zeros + order + 1;
        if (length > m_bits) {
            quint64 number = 0;
            *this = afterLongGolomb(*this, order, number);
            return number;
        }
        return take(length) - (quint64(1) << order);
    }
    bool good() const { return m_good; }

private:
    Q_ALWAYS_INLINE void fill()
    {
        const auto wanted = std::min(qsizetype((63 - m_bits) / 8), m_left);
        m_window |= (m_left < 8 ? lastWord(m_next, m_left) : qFromBigEndian<quint64>(m_next)) >> m_bits;
        m_next += wanted;
        m_left -= wanted;
        m_bits += static_cast<int>(wanted) * 8;
    }
    /// @param count 1 to 63, and not more than there are
    quint64 take(int count)
    {
        const quint64 value = m_window >> (64 - count);
        m_window <<= count;
        m_bits -= count;
        return value;
    }
    /// The last bytes, and zeros behind them.
    static quint64 lastWord(const char *bytes, qsizetype count);
    /// Of one that the window does not hold as a whole. Longer ones than a BitWriter makes are damage.
    static BitReader afterLongGolomb(BitReader reader, int order, quint64 &number);

    const char *m_next;
    qsizetype m_left;     ///< bytes from there
    quint64 m_window = 0; ///< the next bits, highest first; what is behind them does not count
    int m_bits = 0;       ///< that are in it, 56 at least until the end is near
    bool m_good = true;
};

} // namespace backwatch
