// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/history/bytes.h"

#include <vector>

namespace backwatch {

using Column = std::vector<qint64>;

/// Writes any numbers so that a general compressor finds little but noise in them: as distances from one
/// value or from the number before, whichever is shorter, in byte planes. resources/schema/README.md says
/// how they are laid out.
void writeColumn(ByteWriter &out, const Column &column);

/// As many numbers as asked for; the reader is no longer good() when they are not there.
Column readColumn(ByteReader &in, std::size_t count);
void skipColumn(ByteReader &in, std::size_t count);

} // namespace backwatch
