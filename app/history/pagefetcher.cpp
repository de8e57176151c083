// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/pagefetcher.h"

#include "app/core/logging.h"
#include "app/history/rows.h"

#include <utility>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Below, a thread and a connection cost more than they spare.
constexpr qint64 kFewestDays = 90;

Result<void> touchHours(const QString &path, MonitorId monitor, qint64 firstDay, qint64 endDay)
{
    const auto database = Database::open(path, Database::Access::ReadOnly);
    if (!database)
        return tl::make_unexpected(database.error());
    return eachRow(database->connection(),
                   u"WITH RECURSIVE day(number) AS ("
                   "SELECT max(?, (SELECT min(day) FROM rollup_hour)) UNION ALL SELECT number + 1 FROM day "
                   "WHERE number < min(?, (SELECT max(day) FROM rollup_hour))) "
                   "SELECT count(*) FROM day CROSS JOIN rollup_hour r "
                   "ON r.day = day.number AND r.monitor_id = ?"_s,
                   {firstDay, endDay - 1, monitor}, [](const QSqlQuery &) {});
}

} // namespace

PageFetcher::~PageFetcher()
{
    wait();
}

void PageFetcher::wait()
{
    if (m_thread.joinable())
        m_thread.join();
}

void PageFetcher::expect(MonitorId monitor, qint64 firstDay, qint64 endDay)
{
    if (monitor == std::exchange(m_latest, monitor) || endDay - firstDay < kFewestDays)
        return;
    wait();
    const qint64 middle = firstDay + (endDay - firstDay) / 2;
    m_thread = std::thread([path = m_path, monitor, middle, endDay] {
        if (const auto touched = touchHours(path, monitor, middle, endDay); !touched)
            qCDebug(lcHistory) << "pages were not fetched ahead:" << touched.error().sentence;
    });
}

} // namespace backwatch
