// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/history/harentry.h"

#include <QJsonArray>

#include <optional>

namespace backwatch {

/// Index of the entry that somebody who records a failure means: the last one that failed, a page rather than
/// data, and data rather than a part of a page; the last page where none failed. A part that is not found
/// (4xx) is no failure of a page. Nothing where there is no entry.
std::optional<qsizetype> entryToExplain(const QJsonArray &entries, Browser by);

} // namespace backwatch
