// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/salvage.h"

#include "app/history/configurationcopy.h"
#include "app/history/readablerows.h"

#include <QFileInfo>
#include <QSqlQuery>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Large, with keys that new rows do not take: they may follow while the program writes.
const QStringList kLater{u"rollup_day"_s, u"rollup_hour"_s, u"sample_block"_s, u"evidence"_s,
                         u"load_value"_s};
/// Filled by the program itself.
const QStringList kWords{u"outcome"_s, u"state"_s};

QStringList tablesOf(const QSqlDatabase &database)
{
    QStringList tables;
    QSqlQuery query(database);
    query.exec(u"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"_s);
    while (query.next())
        tables += query.value(0).toString();
    return tables;
}

qint64 revisionOf(const std::optional<Database> &database)
{
    if (!database)
        return -1;
    const auto revision = singleValue(database->connection(),
                                      u"SELECT value FROM setting WHERE key = 'configuration_revision'"_s);
    return revision ? revision->toLongLong() : -1;
}

std::optional<Database> opened(const QString &path)
{
    if (!QFileInfo::exists(path))
        return std::nullopt;
    auto database = Database::open(path, Database::Access::ReadOnly);
    return database ? std::optional(std::move(*database)) : std::nullopt;
}

} // namespace

Salvage::Salvage(const QString &damaged, QJsonObject copy)
    : m_damaged(opened(damaged)), m_copy(std::move(copy)), m_later(kLater)
{
}

Salvage::~Salvage() = default;

Result<void> Salvage::saveTable(const QSqlDatabase &from, const QSqlDatabase &into, const QString &table)
{
    const auto copied = copyReadableRows(from, into, table);
    if (!copied)
        return tl::make_unexpected(copied.error());
    m_rows += copied->rows;
    if (!copied->complete && !m_incomplete.contains(table))
        m_incomplete += table;
    return {};
}

Result<void> Salvage::restoreCopy(const QSqlDatabase &into)
{
    const auto restored = ConfigurationCopy::restore(m_copy, into);
    if (!restored)
        return tl::make_unexpected(restored.error());
    m_rows += *restored;
    return {};
}

/// What is newer comes first: rows with the same key that come later are not taken.
Result<void> Salvage::saveConfiguration(const QSqlDatabase &into)
{
    const bool copyFirst = revisionOf(m_damaged) <= ConfigurationCopy::revisionOf(m_copy);
    if (copyFirst)
        if (auto done = restoreCopy(into); !done)
            return done;
    if (m_damaged)
        for (const auto &table : configurationTables())
            if (auto done = saveTable(m_damaged->connection(), into, table); !done)
                return done;
    return copyFirst ? Result<void>() : restoreCopy(into);
}

Result<void> Salvage::saveFirst(const QSqlDatabase &into)
{
    if (auto done = saveConfiguration(into); !done)
        return done;
    if (!m_damaged)
        return {};
    QStringList tables{u"observer"_s, u"incident"_s, u"state_interval"_s, u"phrase"_s, u"sample"_s};
    for (const auto &table : tablesOf(into))
        if (!(tables + configurationTables() + kLater + kWords).contains(table))
            tables += table;
    for (const auto &table : std::as_const(tables))
        if (auto done = saveTable(m_damaged->connection(), into, table); !done)
            return done;
    return {};
}

Result<bool> Salvage::saveNext(const QSqlDatabase &into)
{
    if (!m_damaged || m_later.isEmpty())
        return false;
    const QString table = m_later.takeFirst();
    if (tablesOf(into).contains(table))
        if (auto done = saveTable(m_damaged->connection(), into, table); !done)
            return tl::make_unexpected(done.error());
    return !m_later.isEmpty();
}

} // namespace backwatch
