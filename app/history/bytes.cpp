// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/bytes.h"

namespace backwatch {

void ByteWriter::number(quint64 value)
{
    for (; value >= 0x80; value >>= 7)
        byte(static_cast<quint8>(value | 0x80));
    byte(static_cast<quint8>(value));
}

char *ByteWriter::extend(qsizetype count)
{
    const qsizetype before = m_bytes.size();
    m_bytes.resize(before + count);
    return m_bytes.data() + before;
}

quint8 ByteReader::byte()
{
    if (atEnd()) {
        m_good = false;
        return 0;
    }
    return static_cast<quint8>(m_bytes[m_at++]);
}

quint64 ByteReader::number()
{
    quint64 value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const quint8 next = byte();
        value |= static_cast<quint64>(next & 0x7f) << shift;
        if (next < 0x80)
            return value;
    }
    m_good = false;
    return value;
}

QByteArrayView ByteReader::take(qsizetype count)
{
    if (count < 0 || count > m_bytes.size() - m_at) {
        m_good = false;
        m_at = m_bytes.size();
        return {};
    }
    const auto taken = m_bytes.sliced(m_at, count);
    m_at += count;
    return taken;
}

} // namespace backwatch
