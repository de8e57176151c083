// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/core/timestamp.h"

#include <QStringList>

namespace backwatch {

enum class IntegrityCheck {
    Quick, ///< every page, but not whether indexes fit their tables
    Full,  ///< everything; several times as long
};

/// What SQLite finds wrong with the file, at most a few lines; none when it is sound. An error when it could
/// not be looked at for another reason than damage, such as the rights of the file. Reads over a connection
/// of its own and disturbs neither writer nor readers.
Result<QStringList> findDamage(const QString &path, IntegrityCheck check);

/// The file and what belongs to it, renamed to "NAME.damaged-20261127T015407Z"; nothing is deleted. Nobody in
/// this process may have it open.
/// @return the new path
Result<QString> setAside(const QString &path, UtcMs now);

/// Files that were set aside earlier, oldest first.
QStringList filesSetAside(const QString &path);

} // namespace backwatch
