// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QSqlDatabase>

namespace backwatch {

/// Several questions about one moment: between two of them the writer may move samples from one table to
/// another. Within another snapshot it is part of that one.
class Snapshot
{
public:
    static Result<Snapshot> take(const QSqlDatabase &database);
    Snapshot(Snapshot &&other) noexcept;
    Snapshot &operator=(Snapshot &&) = delete;
    ~Snapshot();

private:
    explicit Snapshot(const QSqlDatabase &database) : m_database(database) {}

    QSqlDatabase m_database;
    bool m_open = true;
};

} // namespace backwatch
