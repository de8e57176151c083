// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>
#include <QUuid>

namespace backwatch {

/// A database such as an Uptime Kuma leaves, with the rows that a test wants.
class KumaFixture
{
public:
    /// @param version 1 or 2
    explicit KumaFixture(int version)
    {
        m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QUuid::createUuid().toString());
        m_database.setDatabaseName(path());
        QVERIFY(m_database.open());
        for (int part = 1; part <= version; ++part) {
            QFile file(QStringLiteral(BACKWATCH_TEST_DATA "/imports/kuma-%1.sql").arg(part));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto statements = QString::fromUtf8(file.readAll()).split(QStringLiteral(";\n"));
            for (const auto &statement : statements)
                if (!statement.trimmed().isEmpty())
                    sql(statement);
        }
    }
    ~KumaFixture()
    {
        const QString name = m_database.connectionName();
        m_database.close();
        m_database = {};
        QSqlDatabase::removeDatabase(name);
    }
    KumaFixture(const KumaFixture &) = delete;
    KumaFixture &operator=(const KumaFixture &) = delete;

    QString path() const { return m_folder.filePath(QStringLiteral("kuma.db")); }
    void close() { m_database.close(); }

    void sql(const QString &statement)
    {
        QSqlQuery query(m_database);
        QVERIFY2(query.exec(statement), qPrintable(query.lastError().text() + statement));
    }

    void beat(int monitor, qint64 at, int status, const QString &message, const QVariant &ping = {})
    {
        QSqlQuery query(m_database);
        query.prepare(QStringLiteral(
            "INSERT INTO heartbeat (monitor_id, status, msg, time, ping) VALUES (?, ?, ?, ?, ?)"));
        const QString time = QDateTime::fromMSecsSinceEpoch(at, QTimeZone::utc())
                                 .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
        for (const QVariant &value :
             {QVariant(monitor), QVariant(status), QVariant(message), QVariant(time), ping})
            query.addBindValue(value);
        QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
    }

private:
    QTemporaryDir m_folder;
    QSqlDatabase m_database;
};

} // namespace backwatch
