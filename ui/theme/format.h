// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/core/sample.h"

#include <QString>
#include <QTimeZone>

#include <optional>

namespace backwatch {

// Figures as a person reads them, in the language of the program and the number format of the system. A
// figure and its unit are joined by a no-break space.

/// The largest unit, and the next one where it tells something: "4 s", "12 min", "3 h 5 min", "2 d 4 h".
QString durationText(milliseconds duration);
/// "4 s ago"; a moment that is not over yet is "now".
QString agoText(UtcMs then, UtcMs now);
/// "51 ms", "1.2 s", "14 s"; below one millisecond "0.4 ms".
QString latencyText(microseconds latency);
/// A share of 0 to 1 as "99.95 %". Rounds down, so that "100 %" always means no failure at all.
QString shareText(double share);

/// "Up", "Degraded", "Not observed", …
QString stateWord(State state);
/// "Down for 4 min"
QString stateSinceText(State state, milliseconds duration);
/// The answer in a word: "200", or what kept it away: "timeout", "refused", "no DNS", "TLS".
QString answerWord(const Sample &sample);

/// "21:30" or "21:30:05" in the format of the locale.
QString clockText(UtcMs now, const QTimeZone &zone);
/// "CET (UTC+01:00)"
QString zoneText(UtcMs now, const QTimeZone &zone);

} // namespace backwatch
