// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QSqlDatabase>
#include <QStringList>

namespace backwatch {

struct TableCopied
{
    qint64 rows = 0;
    bool complete = true; ///< nothing was met that could not be read
};

/// Copies the rows of a table that can be read, around the places where it is damaged; columns that only one
/// of the two has are left out, and so are rows that the new table refuses. An error comes from the side
/// that is written alone.
Result<TableCopied> copyReadableRows(const QSqlDatabase &from, const QSqlDatabase &into,
                                     const QString &table);

} // namespace backwatch
