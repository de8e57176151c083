// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/transaction.h"

#include "app/history/database.h"

#include <utility>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

Transaction::Transaction(const QSqlDatabase &connection) : m_connection(connection) {}

Transaction::Transaction(Transaction &&other) noexcept
    : m_connection(std::exchange(other.m_connection, QSqlDatabase()))
    , m_open(std::exchange(other.m_open, false))
{
}

// IMMEDIATE: a transaction that begins by reading cannot always be promoted while another program writes.
Result<Transaction> Transaction::begin(const QSqlDatabase &connection)
{
    if (auto begun = execute(connection, u"BEGIN IMMEDIATE"_s); !begun)
        return tl::make_unexpected(begun.error());
    return Transaction(connection);
}

Transaction::~Transaction()
{
    // After some errors SQLite has rolled back by itself and reports that there is nothing left to do.
    if (m_open)
        static_cast<void>(execute(m_connection, u"ROLLBACK"_s));
}

Result<void> Transaction::commit()
{
    auto done = execute(m_connection, u"COMMIT"_s);
    if (done)
        m_open = false;
    return done;
}

} // namespace backwatch
