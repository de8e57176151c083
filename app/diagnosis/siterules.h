// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/askedsofar.h"
#include "app/diagnosis/consequence.h"

namespace backwatch {

// The rules of the questions that go to the website itself. Each gives the consequence as a sentence.

/// Good: it comes and goes. Failing: it lasts, and out of a store where the answer says so.
QString weighRepeat(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result);
/// Good while the plain request goes on failing: the failure is stored.
QString weighCacheBuster(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result);
/// Good while the page fails: the server works, the program that makes the page does not.
QString weighStaticResource(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result);
QString weighOtherScheme(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result);
QString weighOtherVersion(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result);
/// Some of a name's addresses fail, some do not: it is those machines.
QString weighAddress(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result);

} // namespace backwatch
