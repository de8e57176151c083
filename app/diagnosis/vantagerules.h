// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/askedsofar.h"
#include "app/diagnosis/consequence.h"

namespace backwatch {

/// What a blackbox_exporter found, in place of how it answered itself: that is 200 whatever it found. Ok; or
/// HttpStatus with the status that it got, 0 for no answer of the target. An exporter that fails itself, or
/// something else at its address, says nothing of the target: Internal.
QuestionAnswer seenFromVantage(QuestionAnswer answer);

/// Of an answer as seenFromVantage() gives it. Good there while it fails here: the way from here, or a server
/// that turns this machine away. The same failure there: neither.
QString weighVantage(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result);

} // namespace backwatch
