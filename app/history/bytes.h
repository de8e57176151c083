// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <bit>

namespace backwatch {

/// Binary digits of a number; std::bit_width() is of the number's own type in GCC 12.
constexpr int digitsOf(quint64 number)
{
    return 64 - std::countl_zero(number);
}

// Small numbers in few bytes: seven bits a byte, lowest first, the highest bit says that more follow. Signed
// ones alternate (0, -1, 1, -2, …), so that those near zero are short.

constexpr quint64 zigzag(qint64 value)
{
    return (static_cast<quint64>(value) << 1) ^ static_cast<quint64>(value >> 63);
}

constexpr qint64 unzigzag(quint64 value)
{
    return static_cast<qint64>((value >> 1) ^ (quint64(0) - (value & 1)));
}

class ByteWriter
{
public:
    void byte(quint8 value) { m_bytes.append(static_cast<char>(value)); }
    void number(quint64 value);
    void signedNumber(qint64 value) { number(zigzag(value)); }
    /// Room for so many bytes at the end; valid until the next call.
    char *extend(qsizetype count);
    const QByteArray &bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

/// Reads what may be damaged: past the end everything is zero, and good() tells.
class ByteReader
{
public:
    explicit ByteReader(QByteArrayView bytes) : m_bytes(bytes) {}

    quint8 byte();
    quint64 number();
    qint64 signedNumber() { return unzigzag(number()); }
    /// That many bytes; empty when there are not so many.
    QByteArrayView take(qsizetype count);
    QByteArrayView rest() const { return m_bytes.sliced(m_at); }
    bool atEnd() const { return m_at >= m_bytes.size(); }
    bool good() const { return m_good; }
    void fail() { m_good = false; }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_good = true;
};

} // namespace backwatch
