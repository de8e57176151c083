// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/history/kumahistory.h"

#include "app/history/database.h"
#include "app/history/rows.h"
#include "app/history/transaction.h"
#include "tests/bench/history/historyload.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSqlQuery>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr UtcMs kStart = 20'700 * 86'400'000LL;
constexpr int kMinutes = 365 * 1'440;

bool makeTable(const QSqlDatabase &database)
{
    for (const auto &statement :
         {u"CREATE TABLE heartbeat (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, important BOOLEAN NOT "
          u"NULL "
          "DEFAULT 0, monitor_id INTEGER NOT NULL, status SMALLINT NOT NULL, msg TEXT, time DATETIME NOT "
          "NULL, "
          "ping INTEGER, duration INTEGER NOT NULL DEFAULT 0, down_count INTEGER NOT NULL DEFAULT 0, "
          "end_time DATETIME, retries INTEGER NOT NULL DEFAULT 0)"_s,
          u"CREATE INDEX important ON heartbeat (important)"_s,
          u"CREATE INDEX monitor_id ON heartbeat (monitor_id)"_s,
          u"CREATE INDEX monitor_time_index ON heartbeat (monitor_id, time)"_s,
          u"CREATE INDEX monitor_important_time_index ON heartbeat (monitor_id, important, time)"_s})
        if (!execute(database, statement))
            return false;
    return true;
}

bool fill(const QSqlDatabase &database, int monitors)
{
    QSqlQuery insert(database);
    if (!insert.prepare(u"INSERT INTO heartbeat (important, monitor_id, status, msg, time, ping, duration, "
                        "end_time) VALUES (0, ?, ?, ?, ?, ?, 60, ?)"_s))
        return false;
    SampleSource source(monitors);
    for (int minute = 0; minute < kMinutes;) {
        auto transaction = Transaction::begin(database);
        if (!transaction)
            return false;
        for (const int end = std::min(minute + 1'000, kMinutes); minute < end; ++minute)
            for (int monitor = 0; monitor < monitors; ++monitor) {
                const auto sample = source.at(monitor, kStart + minute * 60'000LL).sample;
                const auto time = QDateTime::fromMSecsSinceEpoch(sample.startedAt, Qt::UTC)
                                      .toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s);
                int place = 0;
                for (const auto &value :
                     {QVariant(sample.monitor), QVariant(sample.outcome == Outcome::Ok ? 1 : 0),
                      QVariant(sample.detail), QVariant(time),
                      QVariant(qint64(sample.phases.total.count() / 1'000)), QVariant(time)})
                    insert.bindValue(place++, value);
                if (!insert.exec())
                    return false;
            }
        if (!transaction->commit())
            return false;
    }
    return true;
}

} // namespace

bool kumaHistory(const BenchReport &report, const QString &path, int monitors)
{
    auto database = Database::open(path, Database::Access::Create);
    if (!database || !makeTable(database->connection()) || !fill(database->connection(), monitors))
        return false;
    static_cast<void>(execute(database->connection(), u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
    report.put("Uptime Kuma's table: file", static_cast<double>(QFileInfo(path).size()) / monitors / kMinutes,
               "bytes/beat");
    QList<double> times;
    for (int round = 0; round < 5; ++round) {
        QElapsedTimer timer;
        timer.start();
        qint64 sum = 0;
        if (!eachRow(database->connection(),
                     u"SELECT time, status, ping FROM heartbeat WHERE monitor_id = ? ORDER BY time"_s,
                     {monitors / 2}, [&sum](const QSqlQuery &row) { sum += row.value(2).toLongLong(); }))
            return false;
        times.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    report.put("Uptime Kuma's table: a year of one monitor, warm", median(times), "ms");
    return true;
}

} // namespace backwatch
