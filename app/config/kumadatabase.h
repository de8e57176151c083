// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QHash>
#include <QSqlDatabase>
#include <QTemporaryDir>
#include <QVariant>

#include <functional>
#include <memory>

namespace backwatch {

/// A row by the names of its columns; versions differ in which there are.
class KumaRow
{
public:
    explicit KumaRow(QHash<QString, QVariant> values) : m_values(std::move(values)) {}

    QString text(const char *column) const { return m_values.value(QLatin1String(column)).toString(); }
    qint64 number(const char *column) const { return m_values.value(QLatin1String(column)).toLongLong(); }
    double decimal(const char *column) const { return m_values.value(QLatin1String(column)).toDouble(); }
    bool flag(const char *column) const { return number(column) != 0; }

private:
    QHash<QString, QVariant> m_values;
};

/// The database of an Uptime Kuma, of version 1 or 2, for the thread that opened it. Only read, and without a
/// trace beside it; where it was not closed cleanly a copy is read.
class KumaDatabase
{
public:
    static Result<std::unique_ptr<KumaDatabase>> open(const QString &path);
    ~KumaDatabase();
    KumaDatabase(const KumaDatabase &) = delete;
    KumaDatabase &operator=(const KumaDatabase &) = delete;

    bool hasTable(const QString &table) const;
    Result<QList<KumaRow>> rows(const QString &statement, const QVariantList &values = {}) const;
    const QSqlDatabase &connection() const { return m_connection; }
    tl::unexpected<Error> unreadable(const QString &reason) const;

private:
    explicit KumaDatabase(const QString &path) : m_path(path) {}

    Result<QString> quietCopy();

    QString m_path; ///< as the admin named it
    std::unique_ptr<QTemporaryDir> m_copy;
    QSqlDatabase m_connection;
};

} // namespace backwatch
