// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/datadirectory.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

namespace backwatch {

namespace {

struct DataDirectoryText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::DataDirectory)
};

} // namespace

QString DataDirectory::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/backwatch");
}

QString DataDirectory::database() const
{
    return QDir(m_path).filePath(QStringLiteral("backwatch.db"));
}

Result<std::unique_ptr<QLockFile>> DataDirectory::lock() const
{
    if (!QDir().mkpath(m_path)) {
        return failure(
            Error::Kind::Unwritable,
            DataDirectoryText::tr(
                "The data directory %1 cannot be created; check its permissions, or name another one with "
                "--data-dir.")
                .arg(m_path));
    }
    auto lock = std::make_unique<QLockFile>(QDir(m_path).filePath(QStringLiteral("backwatch.lock")));
    lock->setStaleLockTime(0); // only a dead process makes it stale, never mere age
    if (lock->tryLock(0))
        return lock;
    if (lock->error() == QLockFile::LockFailedError) {
        qint64 pid = 0;
        QString host;
        QString program;
        lock->getLockInfo(&pid, &host, &program);
        return failure(
            Error::Kind::Conflict,
            DataDirectoryText::tr(
                "Another Backwatch (process %1) is already watching with the data directory %2; close it, or "
                "name another one with --data-dir.")
                .arg(QString::number(pid), m_path));
    }
    return failure(
        Error::Kind::Unwritable,
        DataDirectoryText::tr(
            "The data directory %1 cannot be written; check its permissions and free space, or name another "
            "one with --data-dir.")
            .arg(m_path));
}

} // namespace backwatch
