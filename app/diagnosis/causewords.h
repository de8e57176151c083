// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/cause.h"

#include <QString>

namespace backwatch {

QString disproofOf(CauseKind kind);       ///< what would show that it is not this one; a sentence
QString causeSentence(CauseKind kind);    ///< a clause: "what should answer refuses connections"
QString causeName(CauseKind kind);        ///< for a heading: "Connection refused behind it"
QString confidenceName(Confidence value); ///< high, medium, low in the user's language

} // namespace backwatch
