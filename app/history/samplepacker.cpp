// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/samplepacker.h"

#include "app/history/database.h"
#include "app/history/daynumber.h"
#include "app/history/rows.h"
#include "app/history/steptime.h"
#include "app/history/transaction.h"

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

using namespace std::chrono_literals;

constexpr UtcMs kAfterError = 300'000;
// Packing a day touches pages of every hour for every monitor: what is written at once is written once.
// Others who write wait for so long, and a commit of samples brings it to its end at once.
constexpr auto kTogether = 60ms;

/// When the next hour and its margin are over.
UtcMs nextDue(UtcMs now)
{
    return (floorDivide(now - SamplePacker::kMargin, kHourMs) + 1) * kHourMs + SamplePacker::kMargin;
}

} // namespace

SamplePacker::SamplePacker(const QSqlDatabase &connection, DayPacker days)
    : m_connection(connection), m_sealer(connection), m_days(std::move(days))
{
}

Result<std::unique_ptr<SamplePacker>> SamplePacker::prepared(const QSqlDatabase &connection)
{
    auto days = DayPacker::prepared(connection);
    if (!days)
        return tl::make_unexpected(days.error());
    return std::unique_ptr<SamplePacker>(new SamplePacker(connection, std::move(*days)));
}

Result<bool> SamplePacker::step(UtcMs now)
{
    const Stage before = m_stage;
    auto more = stepInTransaction(now);
    // An error in a later stage must not take back what an earlier one has done.
    const bool ends =
        more && (!*more || m_stage != before || std::chrono::steady_clock::now() - m_begun > kTogether);
    if (m_transaction && ends)
        if (auto done = commit(); !done)
            return tl::make_unexpected(done.error());
    if (!more) {
        m_transaction.reset();
        beginAnewAt(now + kAfterError);
    }
    return more;
}

Result<bool> SamplePacker::stepInTransaction(UtcMs now)
{
    if (m_stage == Stage::Waiting)
        return whenDue(now);
    if (!m_transaction) {
        auto transaction = Transaction::begin(m_connection);
        if (!transaction)
            return tl::make_unexpected(transaction.error());
        m_transaction.emplace(std::move(*transaction));
        m_begun = std::chrono::steady_clock::now();
    }
    return advance(now);
}

// What was done in steps whose transaction fails is done again from the start.
Result<void> SamplePacker::commit()
{
    if (!m_transaction)
        return {};
    auto done = m_transaction->commit();
    m_transaction.reset();
    if (!done)
        beginAnewAt(m_rememberedAt + kAfterError);
    return done;
}

void SamplePacker::beginAnewAt(UtcMs due)
{
    m_stage = Stage::Waiting;
    m_due = due;
    m_packedDay = std::numeric_limits<qint64>::min(); // what was packed may have been taken back
}

Result<bool> SamplePacker::advance(UtcMs now)
{
    switch (m_stage) {
    case Stage::Waiting:
        return whenDue(now);
    case Stage::Sealing:
        return seal(now);
    case Stage::Packing:
        return pack(now);
    case Stage::Expiring:
        return expire();
    case Stage::Shrinking:
        return shrink();
    }
    return false;
}

// What is there when an hour is over is sealed when its margin is over too, so that the log holds the newest
// minutes as they came. The rows that an earlier run left are as good as that.
Result<bool> SamplePacker::whenDue(UtcMs now)
{
    if (!m_remembered) {
        const auto oldest = singleValue(m_connection, u"SELECT ifnull(min(id), 0) FROM sample"_s);
        if (!oldest)
            return tl::make_unexpected(oldest.error());
        if (auto done = remember(now); !done)
            return tl::make_unexpected(done.error());
        const bool isLong = *m_remembered - oldest->toLongLong() > LogSealer::kMostRows;
        m_due = isLong ? now : nextDue(now);
    }
    if (now < m_due && m_due - now <= kHourMs + kMargin) { // the clock may have been set back
        if (now >= m_due - kMargin && m_rememberedAt < m_due - kMargin)
            if (auto done = remember(now); !done)
                return tl::make_unexpected(done.error());
        return false;
    }
    m_due = nextDue(now);
    m_upTo = *m_remembered;
    m_upToAt = m_rememberedAt;
    if (auto done = remember(now); !done)
        return tl::make_unexpected(done.error());
    if (auto begun = beginSeal(); !begun)
        return tl::make_unexpected(begun.error());
    m_stage = Stage::Sealing;
    return true;
}

Result<void> SamplePacker::remember(UtcMs now)
{
    const auto newest = singleValue(m_connection, u"SELECT ifnull(max(id), 0) FROM sample"_s);
    if (!newest)
        return tl::make_unexpected(newest.error());
    m_remembered = newest->toLongLong();
    m_rememberedAt = now;
    return {};
}

Result<void> SamplePacker::beginSeal()
{
    auto begun = m_sealer.begin(m_upTo);
    m_sealedBefore = m_sealer.sealed();
    return begun;
}

Result<bool> SamplePacker::seal(UtcMs now)
{
    const auto more = m_sealer.step();
    if (!more || *more)
        return more;
    if (m_sealedBefore < m_sealer.sealed() && m_sealer.sealed() < m_upTo) { // a long log takes several
        if (auto begun = beginSeal(); !begun)
            return tl::make_unexpected(begun.error());
        return true;
    }
    // Looking for finished days reads all parts, so it is done only when there may be some.
    const qint64 finished = dayOf(m_upToAt - kMargin) - 1;
    const bool cameLate = m_sealer.oldestDay() <= finished;
    m_sealer.forgetDays();
    if (finished <= m_packedDay && !cameLate) {
        if (auto begun = beginExpiry(now); !begun)
            return tl::make_unexpected(begun.error());
        return true;
    }
    m_packedDay = std::numeric_limits<qint64>::min(); // until that is done
    if (auto begun = m_days.begin(finished); !begun)
        return tl::make_unexpected(begun.error());
    m_stage = Stage::Packing;
    return true;
}

Result<bool> SamplePacker::pack(UtcMs now)
{
    const auto more = m_days.step();
    if (!more || *more)
        return more;
    m_packedDay = dayOf(m_upToAt - kMargin) - 1;
    if (auto begun = beginExpiry(now); !begun)
        return tl::make_unexpected(begun.error());
    return true;
}

Result<void> SamplePacker::beginExpiry(UtcMs now)
{
    const auto expiry = expiryAt(m_connection, dayOf(now));
    if (!expiry)
        return tl::make_unexpected(expiry.error());
    m_expiry = *expiry;
    m_stage = Stage::Expiring;
    return {};
}

Result<bool> SamplePacker::expire()
{
    const auto more = removeExpired(m_connection, m_expiry);
    if (!more || *more)
        return more;
    // Once a day: the next hour needs again what the last one left.
    m_stage = m_days.takePacked() ? Stage::Shrinking : Stage::Waiting;
    return m_stage == Stage::Shrinking;
}

// Does nothing in files of before that was possible; they use again what is empty. The pragma hands over a
// row for each page, but one without a column, which Qt takes for the end: hence a page a call.
Result<bool> SamplePacker::shrink()
{
    const QString path = databasePath(m_connection);
    QSqlQuery vacuum(m_connection);
    if (auto ready = prepare(vacuum, u"PRAGMA incremental_vacuum(1)"_s, path); !ready)
        return tl::make_unexpected(ready.error());
    const auto pages = singleValue(m_connection, u"PRAGMA freelist_count"_s);
    if (!pages)
        return tl::make_unexpected(pages.error());
    qint64 left = pages->toLongLong();
    for (const StepTime time; left > 0 && !time.isOver(); --left)
        if (auto done = run(vacuum, path); !done)
            return tl::make_unexpected(done.error());
    const auto now = singleValue(m_connection, u"PRAGMA freelist_count"_s);
    if (!now)
        return tl::make_unexpected(now.error());
    if (*now == *pages || now->toLongLong() == 0)
        m_stage = Stage::Waiting;
    return m_stage == Stage::Shrinking;
}

} // namespace backwatch
