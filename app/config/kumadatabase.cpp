// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/kumadatabase.h"

#include "app/config/kumatext.h"

#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUrl>
#include <QUuid>

namespace backwatch {

Result<std::unique_ptr<KumaDatabase>> KumaDatabase::open(const QString &path)
{
    std::unique_ptr<KumaDatabase> kuma(new KumaDatabase(path));
    if (!QFileInfo(path).isFile())
        return failure(Error::Kind::Unreadable,
                       KumaText::tr("There is no file %1. Name the kuma.db of an Uptime Kuma.").arg(path));
    const auto quiet = kuma->quietCopy();
    if (!quiet)
        return tl::make_unexpected(quiet.error());
    auto &connection = kuma->m_connection;
    connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"),
                                           QUuid::createUuid().toString(QUuid::WithoutBraces));
    connection.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"));
    QUrl url = QUrl::fromLocalFile(QFileInfo(*quiet).absoluteFilePath());
    // A copy with a journal beside it has to be put in order first.
    url.setQuery(kuma->m_copy ? QStringLiteral("mode=rw") : QStringLiteral("immutable=1"));
    if (kuma->m_copy)
        connection.setConnectOptions(QStringLiteral("QSQLITE_OPEN_URI"));
    connection.setDatabaseName(url.toString(QUrl::FullyEncoded));
    if (!connection.open())
        return kuma->unreadable(connection.lastError().databaseText());
    for (const char *table : {"monitor", "heartbeat"})
        if (!kuma->hasTable(QLatin1String(table)))
            return kuma->unreadable(KumaText::tr("it is not the database of an Uptime Kuma"));
    return kuma;
}

KumaDatabase::~KumaDatabase()
{
    const QString name = m_connection.connectionName();
    m_connection.close();
    m_connection = {};
    if (!name.isEmpty())
        QSqlDatabase::removeDatabase(name);
}

/// What is not yet in the main file would be missed, and reading it in place would write beside it.
Result<QString> KumaDatabase::quietCopy()
{
    bool pending = false;
    for (const char *suffix : {"-wal", "-journal"})
        pending = pending || QFileInfo(m_path + QLatin1String(suffix)).size() > 0;
    if (!pending)
        return m_path;
    m_copy = std::make_unique<QTemporaryDir>();
    const QString copy = m_copy->filePath(QStringLiteral("kuma.db"));
    bool copied = m_copy->isValid();
    for (const char *suffix : {"", "-wal", "-journal"})
        if (const QString part = m_path + QLatin1String(suffix); QFileInfo::exists(part))
            copied = copied && QFile::copy(part, copy + QLatin1String(suffix));
    if (copied)
        return copy;
    return failure(
        Error::Kind::Unreadable,
        KumaText::tr("%1 is in use and could not be copied to %2. Make room there, or end Uptime Kuma first.")
            .arg(m_path, m_copy->path()));
}

bool KumaDatabase::hasTable(const QString &table) const
{
    return m_connection.tables(QSql::Tables).contains(table);
}

Result<QList<KumaRow>> KumaDatabase::rows(const QString &statement, const QVariantList &values) const
{
    QSqlQuery query(m_connection);
    query.setForwardOnly(true);
    bool done = query.prepare(statement);
    for (const auto &value : values)
        query.addBindValue(value);
    done = done && query.exec();
    QList<KumaRow> rows;
    while (done && query.next()) {
        QHash<QString, QVariant> row;
        const QSqlRecord record = query.record();
        for (int i = 0; i < record.count(); ++i)
            row.insert(record.fieldName(i), record.value(i));
        rows += KumaRow(row);
    }
    if (query.lastError().isValid())
        return unreadable(query.lastError().databaseText());
    return rows;
}

tl::unexpected<Error> KumaDatabase::unreadable(const QString &reason) const
{
    return failure(Error::Kind::Invalid,
                   KumaText::tr("%1 cannot be imported: %2. Name the kuma.db of an Uptime Kuma 1 or 2.")
                       .arg(m_path, reason));
}

} // namespace backwatch
