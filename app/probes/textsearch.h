// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayMatcher>

namespace backwatch {

/// Looks for a text in bytes that come in pieces, without keeping them.
class TextSearch
{
public:
    TextSearch() = default;
    explicit TextSearch(const QByteArray &wanted) : m_matcher(wanted) {}

    void add(QByteArrayView piece)
    {
        if (m_found)
            return;
        m_tail.append(piece);
        m_found = m_matcher.indexIn(m_tail) >= 0;
        m_tail = m_found ? QByteArray() : m_tail.last(qMin(m_tail.size(), m_matcher.pattern().size() - 1));
    }
    bool found() const { return m_found; }

private:
    QByteArrayMatcher m_matcher;
    QByteArray m_tail; ///< end of the piece before, where the wanted text may have begun
    bool m_found = false;
};

} // namespace backwatch
