// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/integrity.h"

#include "app/history/database.h"
#include "app/history/historytext.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QUrl>

#include <atomic>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

// Result codes of SQLite.
constexpr int kSqliteCorrupt = 11;
constexpr int kSqliteNotADatabase = 26;

bool isDamage(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    return code == kSqliteCorrupt || code == kSqliteNotADatabase;
}

QString statementOf(IntegrityCheck check)
{
    return check == IntegrityCheck::Full ? u"PRAGMA integrity_check(5)"_s : u"PRAGMA quick_check(5)"_s;
}

/// Lines of trouble, or the error of the statement.
Result<QStringList> answers(QSqlDatabase &connection, const QString &path, IntegrityCheck check)
{
    QSqlQuery query(connection);
    query.setForwardOnly(true);
    QStringList troubles;
    const bool done = query.exec(statementOf(check));
    while (done && query.next())
        if (query.value(0).toString() != u"ok")
            troubles += query.value(0).toString().simplified();
    if (!query.lastError().isValid())
        return troubles;
    if (!isDamage(query.lastError()))
        return tl::make_unexpected(databaseError(query.lastError(), path));
    return troubles << query.lastError().databaseText();
}

} // namespace

Result<QStringList> findDamage(const QString &path, IntegrityCheck check)
{
    static std::atomic<int> count = 0;
    const QString name = u"backwatch-integrity-"_s + QString::number(++count);
    Result<QStringList> result;
    {
        auto connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        connection.setConnectOptions(u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=5000"_s);
        // For writing, because what a crash left behind has to be finished before anything can be read.
        connection.setDatabaseName(
            QString::fromLatin1(QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath()).toEncoded()) +
            "?mode=rw"_L1);
        if (connection.open())
            result = answers(connection, path, check);
        else if (isDamage(connection.lastError()))
            result = QStringList{connection.lastError().databaseText()};
        else
            result = tl::make_unexpected(databaseError(connection.lastError(), path));
        connection.close();
    }
    QSqlDatabase::removeDatabase(name);
    return result;
}

Result<QString> setAside(const QString &path, UtcMs now)
{
    const QString stamp = QDateTime::fromMSecsSinceEpoch(now, Qt::UTC).toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    QString aside = path + ".damaged-"_L1 + stamp;
    for (int again = 2; QFileInfo::exists(aside); ++again)
        aside = path + u".damaged-%1-%2"_s.arg(stamp).arg(again);
    // The log first: without it the file is older, with another file's log it would be spoilt.
    for (const auto &suffix : {"-wal"_L1, "-journal"_L1, ""_L1}) {
        if (!QFileInfo::exists(path + suffix))
            continue;
        if (!QFile::rename(path + suffix, aside + suffix))
            return failure(Error::Kind::Unwritable,
                           HistoryText::tr(
                               "The damaged history %1 cannot be set aside as %2. Check who may write in its "
                               "folder, or move it away by hand and keep it.")
                               .arg(QDir::toNativeSeparators(path), QDir::toNativeSeparators(aside)));
    }
    // Shared memory of the processes that had it open; holds nothing that is not in the log.
    QFile::remove(path + "-shm"_L1);
    return aside;
}

QStringList filesSetAside(const QString &path)
{
    const QFileInfo info(path);
    QStringList files;
    const auto names = info.dir().entryList({info.fileName() + ".damaged-*"_L1}, QDir::Files, QDir::Name);
    for (const auto &name : names)
        if (!name.endsWith("-wal"_L1) && !name.endsWith("-shm"_L1) && !name.endsWith("-journal"_L1))
            files += info.dir().filePath(name);
    return files;
}

} // namespace backwatch
