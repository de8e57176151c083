// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/timestamp.h"
#include "app/history/salvage.h"

#include <memory>

namespace backwatch {

/// What becomes of a damaged history while the program opens or writes it.
enum class OnDamage {
    Refuse,   ///< with a sentence; nothing is changed
    SetAside, ///< begin a new one and save what can be saved
};

struct BegunAnew
{
    QString setAside;                 ///< where the damaged file is now
    std::unique_ptr<Salvage> salvage; ///< with more to save
};

/// Sets the damaged history aside and makes a new one under its name, with the monitors and all else that has
/// to be there before anything is written. Nobody in this process may have the old one open for writing.
Result<BegunAnew> beginAnew(const QString &path, UtcMs now);

/// For the audit.
/// @param what a word that the table history_event allows
Result<void> recordHistoryEvent(const QSqlDatabase &database, UtcMs now, const QString &what,
                                const QString &detail);

} // namespace backwatch
