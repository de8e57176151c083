// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/askedsofar.h"
#include "app/diagnosis/consequence.h"

namespace backwatch {

// The rules of the questions that go past the front. Each gives the consequence as a sentence.

/// A server that was asked directly: good means that it is what stands before it; failing means that it, or
/// what is behind it, is.
QString weighOrigin(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result);
/// One of the parts behind. Of several that fail, the outermost that is not there at all is what the request
/// met first; where all are there, the deepest one drags the others along.
QString weighDependency(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result);
/// When every part behind that was asked is well, it is the front itself, or the way it looks for them. Empty
/// when that is not so.
QString weighAllDependencies(const AskedSoFar &asked, Consequence &result);

} // namespace backwatch
