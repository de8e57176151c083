// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/lastalive.h"

#include "app/history/database.h"

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<UtcMs> aliveAfter(const QSqlDatabase &database, const QString &noted)
{
    return singleValue(
               database,
               u"SELECT max(noted, min(noted + %1, sampled)) FROM (SELECT ifnull((%2), 0) AS noted, "
               "ifnull((SELECT started_at FROM sample ORDER BY id DESC LIMIT 1), 0) AS sampled)"_s.arg(
                   QString::number(kAliveEvery.count()), noted))
        .map([](const QVariant &value) { return UtcMs(value.toLongLong()); });
}

} // namespace

Result<UtcMs> lastAlive(const QSqlDatabase &database)
{
    return aliveAfter(database, u"SELECT max(last_seen_at) FROM observer"_s);
}

Result<UtcMs> newestRunAlive(const QSqlDatabase &database)
{
    return aliveAfter(database, u"SELECT last_seen_at FROM observer ORDER BY id DESC LIMIT 1"_s);
}

} // namespace backwatch
