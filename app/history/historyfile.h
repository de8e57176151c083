// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

namespace backwatch {

/// Stands in the header of every history, so that other programs' databases are told apart.
constexpr qint32 kHistoryApplicationId = 0x42774863; // "BwHc"

struct HistoryFileInfo
{
    bool isNew = true; ///< absent, empty, or a database without anything in it
    int schema = 0;
};

/// Looks at a file without changing a byte of it. Fails when it is something that must not be written: a
/// folder, no database, a damaged one, another program's, or one of a newer version.
Result<HistoryFileInfo> inspectHistoryFile(const QString &path);

/// Makes the folder that the file goes into, and an empty file in it that its owner alone can read.
Result<void> makeHistoryFolder(const QString &path);

} // namespace backwatch
