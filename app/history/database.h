// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QSqlDatabase>
#include <QVariant>

class QSqlError;
class QSqlQuery;

namespace backwatch {

/// A connection to one SQLite file, for the thread that opened it. Queries over it have to be gone before it
/// is.
class Database
{
public:
    enum class Access {
        ReadOnly,
        Immutable, ///< reads a file that nobody writes, and leaves no file beside it
        ReadWrite, ///< the file has to exist
        Create,
    };

    static Result<Database> open(const QString &path, Access access);
    Database(Database &&other) noexcept;
    Database &operator=(Database &&other) noexcept;
    ~Database();

    QSqlDatabase &connection() { return m_connection; }
    const QSqlDatabase &connection() const { return m_connection; }

private:
    explicit Database(QSqlDatabase connection);
    void close();

    QSqlDatabase m_connection;
};

/// The file behind a connection.
QString databasePath(const QSqlDatabase &connection);

/// What SQLite reports as a sentence that names the file and the cure. Kind::Invalid means that the statement
/// itself was refused (a constraint), and that trying it again is of no use.
Error databaseError(const QSqlError &error, const QString &path);

Result<void> execute(const QSqlDatabase &connection, const QString &statement);
/// The first column of the first row; NotFound when there is none.
Result<QVariant> singleValue(const QSqlDatabase &connection, const QString &statement);

Result<void> prepare(QSqlQuery &query, const QString &statement, const QString &path);
Result<void> run(QSqlQuery &query, const QString &path);

} // namespace backwatch
