// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/integritywatch.h"

#include "app/core/clock.h"
#include "app/core/logging.h"
#include "app/history/beginanew.h"
#include "app/history/historytext.h"
#include "app/history/historywriter.h"
#include "app/history/integrity.h"

#include <QDir>
#include <QFileInfo>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::hours kLookAgain{1};
constexpr qint64 kWeekMs = 7LL * 86'400'000;

} // namespace

IntegrityWatch::IntegrityWatch(const QString &path, HistoryWriter &writer, const Clock &clock)
    : m_path(path), m_writer(writer), m_clock(clock)
{
    setObjectName(u"integrity"_s);
    start(QThread::IdlePriority);
}

IntegrityWatch::~IntegrityWatch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_wake.notify_one();
    wait();
}

bool IntegrityWatch::fullCheckIsDue() const
{
    const auto database = Database::open(m_path, Database::Access::ReadOnly);
    if (!database)
        return false;
    const auto last =
        singleValue(database->connection(),
                    u"SELECT ifnull(max(happened_at), 0) FROM history_event WHERE what = 'full-check'"_s);
    return last && m_clock.utcMs() - last->toLongLong() >= kWeekMs;
}

void IntegrityWatch::look()
{
    const bool full = fullCheckIsDue();
    const auto damage = findDamage(m_path, full ? IntegrityCheck::Full : IntegrityCheck::Quick);
    if (!damage) {
        qCWarning(lcHistory).noquote() << damage.error().sentence;
    } else if (!damage->isEmpty()) {
        qCWarning(lcHistory).noquote() << "damage found:" << damage->join(u' ');
        m_writer.foundDamage();
    } else if (full) {
        m_writer.change([now = m_clock.utcMs()](QSqlDatabase &database) {
            return recordHistoryEvent(database, now, u"full-check"_s, u"ok"_s);
        });
    }
}

void IntegrityWatch::run()
{
    look();
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, kLookAgain, [this] { return m_stopped; })) {
        lock.unlock();
        if (fullCheckIsDue())
            look();
        lock.lock();
    }
}

Result<void> backUpHistory(const QString &path, const QString &copy)
{
    if (QFileInfo::exists(copy))
        return failure(Error::Kind::Conflict,
                       HistoryText::tr("There is a file %1 already. Name another one for the copy.")
                           .arg(QDir::toNativeSeparators(copy)));
    const auto database = Database::open(path, Database::Access::ReadOnly);
    if (!database)
        return tl::make_unexpected(database.error());
    QString quoted = QFileInfo(copy).absoluteFilePath();
    quoted.replace(u'\'', u"''"_s);
    return execute(database->connection(), u"VACUUM INTO '%1'"_s.arg(quoted));
}

} // namespace backwatch
