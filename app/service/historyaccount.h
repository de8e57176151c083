// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/history/historyreader.h"
#include "app/service/watch.h"

namespace backwatch {

/// Reads the whole file once for the sizes.
Result<HistoryAccount> readHistoryAccount(const HistoryReader &reader);

} // namespace backwatch
