// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/readablerows.h"

#include "app/history/database.h"

#include <QJsonDocument>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Columns
{
    QStringList names;
    QStringList key; ///< of the primary key, in its order
};

Columns columnsOf(const QSqlDatabase &database, const QString &table)
{
    Columns columns;
    QMap<int, QString> key;
    QSqlQuery query(database);
    query.exec(u"PRAGMA table_info('%1')"_s.arg(table));
    while (query.next()) {
        columns.names += query.value(1).toString();
        if (query.value(5).toInt() > 0)
            key.insert(query.value(5).toInt(), query.value(1).toString());
    }
    columns.key = key.values();
    return columns;
}

bool hasRowid(const QSqlDatabase &database, const QString &table)
{
    QSqlQuery query(database);
    return query.exec(u"SELECT rowid FROM \"%1\" LIMIT 0"_s.arg(table));
}

/// A spec that is no JSON any more would keep all the others from being read.
bool isSound(const QStringList &columns, const QSqlQuery &row)
{
    const auto spec = columns.indexOf(u"spec"_s);
    return spec < 0 || QJsonDocument::fromJson(row.value(static_cast<int>(spec)).toByteArray()).isObject();
}

/// One table on its way.
class RowCopy
{
public:
    RowCopy(const QSqlDatabase &from, const QSqlDatabase &into, const QString &table)
        : m_from(from), m_insert(into), m_table(table), m_path(databasePath(into))
    {
        const auto old = columnsOf(from, table);
        for (const auto &name : columnsOf(into, table).names)
            if (old.names.contains(name))
                m_columns += name;
        m_key = old.key;
    }

    Result<TableCopied> run()
    {
        if (m_columns.isEmpty()) {
            m_copied.complete = false;
            return m_copied;
        }
        QStringList marks(m_columns.size(), u"?"_s);
        if (auto ready = prepare(m_insert,
                                 u"INSERT OR IGNORE INTO \"%1\" (%2) VALUES (%3)"_s.arg(
                                     m_table, m_columns.join(u','), marks.join(u',')),
                                 m_path);
            !ready)
            return tl::make_unexpected(ready.error());
        const auto done = hasRowid(m_from, m_table) ? byRowid() : byKey();
        if (!done)
            return tl::make_unexpected(done.error());
        return m_copied;
    }

private:
    QString select(const QString &rest) const
    {
        return u"SELECT %1 FROM \"%2\" %3"_s.arg(m_columns.join(u','), m_table, rest);
    }

    /// Inserts until the end or until something cannot be read.
    /// @return whether the end was reached
    Result<bool> copy(const QString &statement)
    {
        QSqlQuery query(m_from);
        query.setForwardOnly(true);
        bool readable = query.exec(statement);
        while (readable && query.next()) {
            m_last = query.value(query.record().count() - 1);
            if (!isSound(m_columns, query)) {
                m_copied.complete = false;
                continue;
            }
            for (int i = 0; i < m_columns.size(); ++i)
                m_insert.bindValue(i, query.value(i));
            const auto written = backwatch::run(m_insert, m_path);
            if (!written && written.error().kind != Error::Kind::Invalid)
                return tl::make_unexpected(written.error());
            m_copied.rows += written ? m_insert.numRowsAffected() : 0;
        }
        readable = readable && !query.lastError().isValid();
        m_copied.complete = m_copied.complete && readable;
        return readable;
    }

    /// Beyond a page that cannot be read, searches for the next one that can: in ever longer strides, then
    /// from the other end.
    Result<void> byRowid()
    {
        const QString columns = m_columns.join(u',');
        const auto beyond = [&](qint64 rowid) {
            return u"SELECT %1, rowid FROM \"%2\" WHERE rowid > %3 ORDER BY rowid"_s.arg(columns, m_table)
                .arg(rowid);
        };
        qint64 at = -1;
        for (qint64 stride = 0; stride < (qint64(1) << 60);) {
            m_last = {};
            const auto ended = copy(beyond(at + stride));
            if (!ended)
                return tl::make_unexpected(ended.error());
            if (*ended)
                return {};
            if (m_last.isValid()) {
                at = m_last.toLongLong();
                stride = 1;
            } else {
                stride = stride * 2 + 1;
            }
        }
        const auto back = copy(u"SELECT %1, rowid FROM \"%2\" ORDER BY rowid DESC"_s.arg(columns, m_table));
        return back ? Result<void>() : tl::make_unexpected(back.error());
    }

    Result<void> byKey()
    {
        auto ended = copy(select(u"ORDER BY "_s + m_key.join(u',')));
        if (ended && !*ended && !m_key.isEmpty())
            ended = copy(select(u"ORDER BY "_s + m_key.join(u" DESC,"_s) + u" DESC"_s));
        return ended ? Result<void>() : tl::make_unexpected(ended.error());
    }

    QSqlDatabase m_from;
    QSqlQuery m_insert;
    QString m_table;
    QString m_path;
    QStringList m_columns;
    QStringList m_key;
    QVariant m_last; ///< of the newest row read, its last column
    TableCopied m_copied;
};

} // namespace

Result<TableCopied> copyReadableRows(const QSqlDatabase &from, const QSqlDatabase &into, const QString &table)
{
    return RowCopy(from, into, table).run();
}

} // namespace backwatch
