// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/certificate.h"
#include "app/core/monitor.h"
#include "app/core/outcome.h"
#include "app/core/phases.h"
#include "app/core/state.h"

#include <QList>

namespace backwatch {

/// The answer of one check. Never changed after the probe made it.
struct Sample
{
    MonitorId monitor = 0;
    UtcMs startedAt = 0;
    Outcome outcome = Outcome::Internal;
    int httpStatus = 0;  ///< 0: no HTTP answer
    QString httpVersion; ///< "1.0", "1.1", "2"; empty without an answer. Not stored.
    Phases phases;
    QString address;                        ///< the peer that was connected to, without the port
    quint16 port = 0;                       ///< 0: never connected. Not stored.
    QString detail;                         ///< one sentence or a status line, translated, without secrets
    std::optional<Certificate> certificate; ///< Not stored.
    std::optional<std::chrono::seconds> retryAfter{}; ///< what a 503 or 429 asks for in Retry-After
};

/// A sample as history gives it back: with the state that the evaluator drew from it.
struct StoredSample
{
    Sample sample;
    State state = State::NotObserved;
};

} // namespace backwatch
