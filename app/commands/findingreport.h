// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/diagnosisdesk.h"

namespace backwatch {

/// For a terminal: the verdict in one sentence, facts for and against each cause, the first three steps.
QString findingText(const Finding &finding);
/// Verdict, causes, questions and the whole guide as Markdown.
QString findingMarkdown(const Finding &finding);

} // namespace backwatch
