// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/answercode.h"

namespace backwatch {

int answerCode(Outcome outcome, int httpStatus)
{
    if (httpStatus != 0)
        return httpStatus;
    switch (judgementOf(outcome)) {
    case Judgement::Good:
    case Judgement::Degraded:
        return kAnswered;
    case Judgement::Failed:
    case Judgement::Neutral:
        break;
    }
    switch (outcome) {
    case Outcome::BodyMismatch:
    case Outcome::HeaderMismatch:
    case Outcome::JsonMismatch:
    case Outcome::ProtocolError:
    case Outcome::AuthRejected:
    case Outcome::MalformedResponse:
    case Outcome::TooLarge:
    case Outcome::HttpStatus:
        return kWrongAnswer;
    default:
        return kNoAnswer;
    }
}

} // namespace backwatch
