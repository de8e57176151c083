// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QSqlDatabase>

namespace backwatch {

/// A write transaction that is rolled back unless it was committed.
class Transaction
{
public:
    static Result<Transaction> begin(const QSqlDatabase &connection);
    Transaction(Transaction &&other) noexcept;
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();

    Result<void> commit();

private:
    explicit Transaction(const QSqlDatabase &connection);

    QSqlDatabase m_connection;
    bool m_open = true;
};

} // namespace backwatch
