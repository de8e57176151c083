// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace backwatch {

/// Where the names are kept, because QtKeychain cannot enumerate: one entry, one name a line.
inline constexpr QLatin1StringView kNamesEntry("backwatch/names");

/// What other programs may have written there is no proof of anything: only valid names, each once, sorted.
QStringList readNames(const QString &text);
QString writeNames(const QStringList &names);

} // namespace backwatch
