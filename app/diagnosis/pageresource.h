// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"

namespace backwatch {

/// A file of the same server that a page names and that no program makes: a style sheet, script, picture or
/// font. Nothing where it names none.
std::optional<QUrl> resourceNamedIn(const Exchange &page);

} // namespace backwatch
