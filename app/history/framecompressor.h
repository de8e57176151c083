// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QByteArray>

#include <vector>

namespace backwatch {

/// One zstd frame that says how much it holds, with a block of its own up to each of the ends given.
Result<QByteArray> compressed(const QByteArray &bytes, const std::vector<qsizetype> &ends);
/// Refuses what would need more than 2 GiB.
Result<QByteArray> decompressed(const QByteArray &frame);

} // namespace backwatch
