// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QCoreApplication>

namespace backwatch {

/// What is said of the history and its parts.
struct HistoryWords
{
    Q_DECLARE_TR_FUNCTIONS(HistoryWords)

public:
    static QString name(HistoryTier tier);    ///< "Samples"
    static QString content(HistoryTier tier); ///< "every sample of finished days"
    /// "Samples: 12 days will be deleted, 3 Jan 2026 to 14 Jan 2026, about 1.2 MiB."
    static QString going(const TierSize &tier, const ExpiringPart &part);
    /// Where the file is, how large, and how it has been cared for; a sentence each.
    static QStringList health(const HistoryAccount &account, const QString &fault, UtcMs now);
};

} // namespace backwatch
