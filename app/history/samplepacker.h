// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/timestamp.h"
#include "app/history/daypacker.h"
#include "app/history/logsealer.h"
#include "app/history/retention.h"
#include "app/history/transaction.h"

#include <chrono>
#include <limits>

namespace backwatch {

/// Keeps the log short: some minutes after each hour what came in until its end is sealed, finished days are
/// packed, what is older than it is kept is removed, and what that left empty goes back to the file system.
/// For the one thread that writes, between its commits.
class SamplePacker
{
public:
    /// How long after an hour or a day has ended its last samples may still come in.
    static constexpr UtcMs kMargin = 600'000;

    static Result<std::unique_ptr<SamplePacker>> prepared(const QSqlDatabase &connection);

    /// Works for a few milliseconds at most. Whether there is more to do at once; otherwise it may be called
    /// at any time, and looks for work when an hour is over. After an error it begins anew some minutes
    /// later. While there is more a transaction may stay open: commit() before anything else is written.
    Result<bool> step(UtcMs now);
    Result<void> commit();

private:
    enum class Stage { Waiting, Sealing, Packing, Expiring, Shrinking };

    SamplePacker(const QSqlDatabase &connection, DayPacker days);
    Result<bool> stepInTransaction(UtcMs now);
    void beginAnewAt(UtcMs due);
    Result<bool> advance(UtcMs now);
    Result<bool> whenDue(UtcMs now);
    Result<bool> seal(UtcMs now);
    Result<bool> pack(UtcMs now);
    Result<void> beginSeal();
    Result<void> beginExpiry(UtcMs now);
    Result<bool> expire();
    Result<bool> shrink();
    Result<void> remember(UtcMs now);

    QSqlDatabase m_connection;
    LogSealer m_sealer;
    DayPacker m_days;
    Stage m_stage = Stage::Waiting;
    UtcMs m_due = 0;                    ///< 0: not known yet
    std::optional<qint64> m_remembered; ///< newest row then; what is sealed next
    UtcMs m_rememberedAt = 0;
    qint64 m_upTo = 0;
    qint64 m_sealedBefore = 0;
    qint64 m_packedDay = std::numeric_limits<qint64>::min(); ///< no part of it or of an older one is left
    UtcMs m_upToAt = 0; ///< everything that came in before is sealed then
    Expiry m_expiry;
    std::optional<Transaction> m_transaction;
    std::chrono::steady_clock::time_point m_begun; ///< of the transaction
};

} // namespace backwatch
