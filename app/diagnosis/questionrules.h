// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/question.h"

namespace backwatch {

/// The same diagnosis with the answers taken into account: causes moved by the stated rule of each question,
/// the failing part where an answer shows it, and the log of question, answer and consequence. Pure.
///
/// A rule that compares with the failed request holds only while that still fails; what has recovered
/// meanwhile is told nobody's fault.
Diagnosis weighed(const Diagnosis &diagnosis, const ExchangePtr &failed,
                  const QList<QuestionAnswer> &answers);

} // namespace backwatch
