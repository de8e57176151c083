// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QHash>
#include <QSqlDatabase>

namespace backwatch {

/// What the numbers of phrases stand for; asks the database once for each.
class PhraseBook
{
public:
    explicit PhraseBook(const QSqlDatabase &database) : m_database(database) {}

    /// Empty for 0 and for a number that nothing is stored under.
    Result<QString> text(qint64 id);

private:
    QSqlDatabase m_database;
    QHash<qint64, QString> m_known;
};

} // namespace backwatch
