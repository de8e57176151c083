// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace backwatch {

/// How sure a statement is. High only where what was seen really tells the case apart from every other.
enum class Confidence { Low, Medium, High };

} // namespace backwatch
