// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <chrono>
#include <optional>

namespace backwatch {

using std::chrono::microseconds;
using std::chrono::milliseconds;

/// Reads a duration as people write it in the monitors file: 250ms, 30s, 5m, 1h, 2d, 1h30m. Never negative.
std::optional<milliseconds> parseDuration(QStringView text);

/// Writes a duration so that parseDuration() reads the same value back: 90s is "1m30s".
QString formatDuration(milliseconds duration);

} // namespace backwatch
