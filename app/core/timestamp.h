// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace backwatch {

/// Milliseconds since 1970-01-01T00:00:00Z. Everything stored is in this unit; only ui/ and reports know
/// zones.
using UtcMs = qint64;

/// RFC 3339 in UTC with milliseconds: 2026-11-22T21:30:00.000Z.
QString formatTimestamp(UtcMs time);

/// Reads an RFC 3339 time or date; a value without a zone is taken as UTC. Empty when it is neither.
std::optional<UtcMs> parseTimestamp(QStringView text);

} // namespace backwatch
