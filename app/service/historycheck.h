// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/selfcheck.h"

namespace backwatch {

/// What the history of a folder is made of and how large, and damaged files that stand beside it. Nothing
/// where nothing has been recorded yet. Reads the whole file once.
QList<SelfCheckLine> checkHistory(const DataDirectory &directory);

} // namespace backwatch
