// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

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

    quint64 golomb(int order);
    bool good() const { return m_good; }

private:
    bool bit();

    QByteArrayView m_bytes;
    qsizetype m_at = 0; ///< in bits
    bool m_good = true;
};

} // namespace backwatch
