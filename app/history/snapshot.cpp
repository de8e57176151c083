// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/snapshot.h"

#include "app/history/database.h"

#include <utility>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

Snapshot::Snapshot(Snapshot &&other) noexcept
    : m_database(std::exchange(other.m_database, QSqlDatabase())), m_open(std::exchange(other.m_open, false))
{
}

// A savepoint outside of a transaction begins one, inside it nests.
Result<Snapshot> Snapshot::take(const QSqlDatabase &database)
{
    if (auto begun = execute(database, u"SAVEPOINT snapshot"_s); !begun)
        return tl::make_unexpected(begun.error());
    return Snapshot(database);
}

Snapshot::~Snapshot()
{
    if (m_open)
        static_cast<void>(execute(m_database, u"RELEASE snapshot"_s)); // nothing was written
}

} // namespace backwatch
