// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/configurationcopy.h"

#include "app/history/historytext.h"
#include "app/history/rows.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QSqlRecord>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString kRevision = u"configuration_revision"_s;

QJsonObject objectFrom(const QSqlQuery &row)
{
    QJsonObject object;
    const QSqlRecord record = row.record();
    for (int i = 0; i < record.count(); ++i)
        object.insert(record.fieldName(i), QJsonValue::fromVariant(row.value(i)));
    return object;
}

Result<void> writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
        file.write(bytes) == bytes.size() && file.commit())
        return {};
    return failure(
        Error::Kind::Unwritable,
        HistoryText::tr("The copy of the monitors, %1, cannot be written: %2. Check free space and "
                        "rights.")
            .arg(QDir::toNativeSeparators(path), file.errorString()));
}

/// A spec that is no JSON any more would keep all the others from being read.
bool isSound(const QJsonObject &row)
{
    const auto spec = row.constFind(u"spec"_s);
    return spec == row.constEnd() || QJsonDocument::fromJson(spec->toString().toUtf8()).isObject();
}

/// A refused row (a name that is taken) is left out.
Result<qint64> insertRow(const QSqlDatabase &into, const QString &table, const QJsonObject &row)
{
    const QStringList names = row.keys();
    const QStringList marks(names.size(), u"?"_s);
    const QString path = databasePath(into);
    QSqlQuery query(into);
    if (auto ready = prepare(query,
                             u"INSERT OR IGNORE INTO \"%1\" (\"%2\") VALUES (%3)"_s.arg(
                                 table, names.join(u"\",\""_s), marks.join(u',')),
                             path);
        !ready)
        return tl::make_unexpected(ready.error());
    for (const auto &name : names)
        query.addBindValue(row.value(name).toVariant());
    const auto done = run(query, path);
    if (!done && done.error().kind != Error::Kind::Invalid)
        return tl::make_unexpected(done.error());
    return done ? query.numRowsAffected() : 0;
}

} // namespace

QStringList configurationTables()
{
    return {u"setting"_s, u"service"_s, u"monitor"_s};
}

QString ConfigurationCopy::pathFor(const QString &history)
{
    return history + ".monitors.json"_L1;
}

Result<void> ConfigurationCopy::refresh(const QSqlDatabase &history)
{
    const auto revision = singleValue(
        history, u"SELECT ifnull((SELECT value FROM setting WHERE key = '%1'), '')"_s.arg(kRevision));
    if (!revision)
        return tl::make_unexpected(revision.error());
    if (revision->toString() == m_revision)
        return {};
    QJsonObject copy;
    for (const auto &table : configurationTables()) {
        const auto rows = allRows(history, u"SELECT * FROM %1"_s.arg(table), {}, objectFrom);
        if (!rows)
            return tl::make_unexpected(rows.error());
        QJsonArray array;
        for (const auto &row : *rows) {
            if (!isSound(row))
                return {}; // the copy from before is better
            array.append(row);
        }
        copy.insert(table, array);
    }
    if (auto written = writeFile(pathFor(databasePath(history)), QJsonDocument(copy).toJson()); !written)
        return written;
    m_revision = revision->toString();
    return {};
}

QJsonObject ConfigurationCopy::load(const QString &history)
{
    QFile file(pathFor(history));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

qint64 ConfigurationCopy::revisionOf(const QJsonObject &copy)
{
    for (const auto &row : copy.value(u"setting"_s).toArray())
        if (row[u"key"_s].toString() == kRevision)
            return row[u"value"_s].toString().toLongLong();
    return -1;
}

Result<qint64> ConfigurationCopy::restore(const QJsonObject &copy, const QSqlDatabase &into)
{
    qint64 count = 0;
    for (const auto &table : configurationTables())
        for (const auto &row : copy.value(table).toArray()) {
            if (!isSound(row.toObject()))
                continue;
            const auto inserted = insertRow(into, table, row.toObject());
            if (!inserted)
                return inserted;
            count += *inserted;
        }
    return count;
}

} // namespace backwatch
