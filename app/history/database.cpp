// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/database.h"

#include "app/history/historytext.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QUrl>

#include <atomic>
#include <utility>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

// Result codes of SQLite that call for a sentence of their own.
enum Code {
    kBusy = 5,
    kLocked = 6,
    kReadOnly = 8,
    kIoError = 10,
    kCorrupt = 11,
    kFull = 13,
    kCannotOpen = 14,
    kTooBig = 18,
    kConstraint = 19,
    kMismatch = 20,
    kNotADatabase = 26,
};

QString uri(const QString &path, Database::Access access)
{
    const QString file =
        QString::fromLatin1(QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath()).toEncoded());
    switch (access) {
    case Database::Access::ReadOnly:
        return file + "?mode=ro"_L1;
    case Database::Access::Immutable:
        return file + "?mode=ro&immutable=1"_L1;
    case Database::Access::ReadWrite:
        return file + "?mode=rw"_L1;
    case Database::Access::Create:
        break;
    }
    return file + "?mode=rwc"_L1;
}

// NORMAL may lose the last commits with the power, never the file. A rollback journal after a crash would
// lock out readers, hence WAL; its file is cut back after a burst. Room can be given back to the file system
// only in a file that was made for it. Pages that are freed are not written once more to blacken them.
Result<void> tuneForWriting(const QSqlDatabase &connection)
{
    for (const auto &pragma :
         {u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = NORMAL"_s, u"PRAGMA foreign_keys = ON"_s,
          u"PRAGMA journal_size_limit = 16777216"_s, u"PRAGMA cache_size = -16384"_s,
          u"PRAGMA secure_delete = FAST"_s, u"PRAGMA temp_store = MEMORY"_s})
        if (auto done = execute(connection, pragma); !done)
            return done;
    return {};
}

// So that room can be given back to the file system; later it takes writing the whole file anew.
Result<void> prepareNew(const QSqlDatabase &connection, const QString &path)
{
    return QFileInfo(path).size() > 0 ? Result<void>()
                                      : execute(connection, u"PRAGMA auto_vacuum = INCREMENTAL"_s);
}

Result<void> tune(const QSqlDatabase &connection, Database::Access access, const QString &path)
{
    if (access == Database::Access::Create)
        if (auto done = prepareNew(connection, path); !done)
            return done;
    if (access == Database::Access::ReadWrite || access == Database::Access::Create)
        return tuneForWriting(connection);
    return execute(connection, u"PRAGMA cache_size = -32768"_s);
}

} // namespace

Database::Database(QSqlDatabase connection) : m_connection(std::move(connection)) {}

Database::Database(Database &&other) noexcept
    : m_connection(std::exchange(other.m_connection, QSqlDatabase()))
{
}

Database &Database::operator=(Database &&other) noexcept
{
    if (this != &other) {
        close();
        m_connection = std::exchange(other.m_connection, QSqlDatabase());
    }
    return *this;
}

Database::~Database()
{
    close();
}

void Database::close()
{
    if (!m_connection.isValid())
        return;
    const QString name = m_connection.connectionName();
    m_connection.close();
    m_connection = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

Result<Database> Database::open(const QString &path, Access access)
{
    static std::atomic<quint64> count = 0;
    const QString name = u"backwatch-history-"_s + QString::number(++count);
    Database database(QSqlDatabase::addDatabase(u"QSQLITE"_s, name));
    auto &connection = database.connection();
    if (!connection.isValid())
        return failure(
            Error::Kind::Unavailable,
            HistoryText::tr("Qt's SQLite driver is not installed, so there is no history. Install it "
                            "(on Debian the package libqt6sql6-sqlite)."));
    connection.setConnectOptions(u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=5000"_s);
    connection.setDatabaseName(uri(path, access));
    if (!connection.open())
        return tl::make_unexpected(databaseError(connection.lastError(), path));
    if (auto tuned = tune(connection, access, path); !tuned)
        return tl::make_unexpected(tuned.error());
    return database;
}

QString databasePath(const QSqlDatabase &connection)
{
    return QUrl(connection.databaseName()).toLocalFile();
}

Error databaseError(const QSqlError &error, const QString &path)
{
    using Kind = Error::Kind;
    const QString file = QDir::toNativeSeparators(path);
    switch (error.nativeErrorCode().toInt() & 0xff) { // the upper bits say more exactly which
    case kBusy:
    case kLocked:
        return {Kind::Conflict,
                HistoryText::tr("Another program keeps the history %1 locked. Close what has it open.")
                    .arg(file)};
    case kReadOnly:
        return {
            Kind::Unwritable,
            HistoryText::tr(
                "The history %1 cannot be written: it is read-only. Make the file and its folder writable.")
                .arg(file)};
    case kIoError:
        return {Kind::Unwritable,
                HistoryText::tr(
                    "The disk under the history %1 reports an error. Check that it is connected and sound.")
                    .arg(file)};
    case kFull:
        return {Kind::Unwritable,
                HistoryText::tr("There is no room left for the history %1. Free some space on that disk.")
                    .arg(file)};
    case kCannotOpen:
        return {Kind::Unwritable,
                HistoryText::tr(
                    "The history %1 cannot be opened. Check that its folder exists and can be written.")
                    .arg(file)};
    case kCorrupt:
        return {Kind::Unreadable, HistoryText::tr("The history %1 is damaged. Nothing was changed in it; "
                                                  "move it away to begin a new one, or put "
                                                  "a backup in its place.")
                                      .arg(file)};
    case kNotADatabase:
        return {Kind::Unreadable, HistoryText::tr("%1 is not a database, so it cannot hold the history. "
                                                  "Nothing was changed in it; move it away "
                                                  "or choose another data folder.")
                                      .arg(file)};
    case kTooBig:
    case kConstraint:
    case kMismatch:
        return {Kind::Invalid,
                HistoryText::tr("The history %1 refuses an entry: %2.").arg(file, error.databaseText())};
    default:
        return {Kind::Unreadable,
                HistoryText::tr("The history %1 cannot be used: %2. Restart the program; if that does not "
                                "help, move the file "
                                "away.")
                    .arg(file, error.databaseText().isEmpty() ? error.driverText() : error.databaseText())};
    }
}

Result<void> execute(const QSqlDatabase &connection, const QString &statement)
{
    QSqlQuery query(connection);
    if (!query.exec(statement))
        return tl::make_unexpected(databaseError(query.lastError(), databasePath(connection)));
    return {};
}

Result<QVariant> singleValue(const QSqlDatabase &connection, const QString &statement)
{
    QSqlQuery query(connection);
    query.setForwardOnly(true);
    if (!query.exec(statement))
        return tl::make_unexpected(databaseError(query.lastError(), databasePath(connection)));
    if (query.next())
        return query.value(0);
    if (query.lastError().isValid())
        return tl::make_unexpected(databaseError(query.lastError(), databasePath(connection)));
    return failure(Error::Kind::NotFound, HistoryText::tr("The history has no answer to that."));
}

Result<void> prepare(QSqlQuery &query, const QString &statement, const QString &path)
{
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        return tl::make_unexpected(databaseError(query.lastError(), path));
    return {};
}

Result<void> run(QSqlQuery &query, const QString &path)
{
    if (!query.exec())
        return tl::make_unexpected(databaseError(query.lastError(), path));
    return {};
}

} // namespace backwatch
