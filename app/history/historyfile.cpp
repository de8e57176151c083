// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historyfile.h"

#include "app/history/database.h"
#include "app/history/historytext.h"
#include "app/history/migrations.h"

#include <QDir>
#include <QFileInfo>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

// A file that nobody has open and that was closed in good order is read without leaving anything beside it.
// An interrupted rollback has to be finished before anything can be read.
Database::Access gentlestAccess(const QString &path)
{
    if (QFileInfo(path + "-journal"_L1).size() > 0)
        return Database::Access::ReadWrite;
    return QFileInfo(path + "-wal"_L1).size() > 0 ? Database::Access::ReadOnly : Database::Access::Immutable;
}

Result<HistoryFileInfo> judge(const QString &path, qint64 applicationId, int schema, qint64 tables)
{
    const QString shown = QDir::toNativeSeparators(path);
    if (applicationId == 0 && tables == 0)
        return HistoryFileInfo{};
    if (applicationId != kHistoryApplicationId)
        return failure(
            Error::Kind::Conflict,
            HistoryText::tr(
                "%1 is a database of another program. Nothing was changed in it; choose another data "
                "folder.")
                .arg(shown));
    if (schema > newestSchema())
        return failure(
            Error::Kind::Conflict,
            HistoryText::tr(
                "The history %1 was written by a newer Backwatch (schema %2, this one knows %3). Nothing "
                "was changed in it; install the newer version or choose another data folder.")
                .arg(shown)
                .arg(schema)
                .arg(newestSchema()));
    return HistoryFileInfo{schema == 0, schema};
}

} // namespace

Result<HistoryFileInfo> inspectHistoryFile(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return failure(
            Error::Kind::Invalid,
            HistoryText::tr(
                "%1 is a folder, so the history cannot be kept under that name. Move the folder away or "
                "choose another data folder.")
                .arg(QDir::toNativeSeparators(path)));
    if (!info.exists() || info.size() == 0)
        return HistoryFileInfo{};

    // SQLite alone opens the file, also to see whether it is one of its own: closing any other descriptor of
    // it would drop the locks that this process holds on it (POSIX advisory locks belong to process and
    // inode), and the next program to look in would take the write-ahead log away.
    auto database = Database::open(path, gentlestAccess(path));
    if (!database)
        return tl::make_unexpected(database.error());
    const auto &connection = database->connection();
    const auto applicationId = singleValue(connection, u"PRAGMA application_id"_s);
    const auto schema = singleValue(connection, u"PRAGMA user_version"_s);
    const auto tables = singleValue(connection, u"SELECT count(*) FROM sqlite_master"_s);
    for (const auto *value : {&applicationId, &schema, &tables})
        if (!*value)
            return tl::make_unexpected(value->error());
    return judge(path, applicationId->toLongLong(), schema->toInt(), tables->toLongLong());
}

Result<void> makeHistoryFolder(const QString &path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDir().mkpath(folder))
        return failure(
            Error::Kind::Unwritable,
            HistoryText::tr(
                "The folder %1 for the history cannot be made. Check who may write above it, or choose "
                "another data folder.")
                .arg(QDir::toNativeSeparators(folder)));
    // Evidence is nobody else's; SQLite gives what it lays beside the file the same permissions.
    QFile file(path);
    if (!file.exists())
        std::ignore = file.open(QIODevice::NewOnly | QIODevice::WriteOnly,
                                QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return {};
}

} // namespace backwatch
