// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/logindex.h"

#include "app/history/rows.h"

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

Result<void> LogIndex::update(const QSqlDatabase &database)
{
    const auto sealed = singleValue(database, u"SELECT ifnull(max(id), 0) FROM sample_seal"_s);
    if (!sealed)
        return tl::make_unexpected(sealed.error());
    if (sealed->toLongLong() != m_sealed) {
        m_sealed = sealed->toLongLong();
        m_rows.removeIf([this](QHash<MonitorId, std::deque<qint64>>::iterator rows) {
            while (!rows->empty() && rows->front() <= m_sealed)
                rows->pop_front();
            return rows->empty();
        });
    }
    return eachRow(database, u"SELECT id, monitor_id FROM sample WHERE id > ? ORDER BY id"_s,
                   {std::max(m_last, m_sealed)}, [this](const QSqlQuery &row) {
                       m_last = row.value(0).toLongLong();
                       m_rows[row.value(1).toLongLong()].push_back(m_last);
                   });
}

const std::deque<qint64> &LogIndex::rowsOf(MonitorId monitor) const
{
    static const std::deque<qint64> none;
    const auto rows = m_rows.constFind(monitor);
    return rows == m_rows.cend() ? none : *rows;
}

} // namespace backwatch
