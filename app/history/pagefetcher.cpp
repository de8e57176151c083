// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/pagefetcher.h"

#include "app/core/logging.h"
#include "app/history/hourrows.h"
#include "app/history/rows.h"

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
    return eachRow(database->connection(), selectHours(u"count(*)"_s), {firstDay, endDay - 1, monitor},
                   [](const QSqlQuery &) {});
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

bool PageFetcher::expect(MonitorId monitor, qint64 firstDay, qint64 endDay)
{
    if (monitor == m_latest || endDay - firstDay < kFewestDays)
        return false;
    m_latest = monitor;
    wait();
    const qint64 middle = firstDay + (endDay - firstDay) / 2;
    m_thread = std::thread([path = m_path, monitor, middle, endDay] {
        if (const auto touched = touchHours(path, monitor, middle, endDay); !touched)
            qCDebug(lcHistory) << "pages were not fetched ahead:" << touched.error().sentence;
    });
    return true;
}

} // namespace backwatch
