// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/phrasebook.h"

#include "app/history/rows.h"

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

Result<QString> PhraseBook::text(qint64 id)
{
    if (id == 0)
        return QString();
    if (const auto known = m_known.constFind(id); known != m_known.cend())
        return *known;
    const auto stored = firstRow(m_database, u"SELECT value FROM phrase WHERE id = ?"_s, {id},
                                 [](const QSqlQuery &row) { return row.value(0).toString(); });
    if (!stored)
        return tl::make_unexpected(stored.error());
    return *m_known.insert(id, stored->value_or(QString()));
}

} // namespace backwatch
