// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/question.h"

namespace backwatch {

/// The log of question, answer and consequence, with the effects that each answer has on the causes by the
/// stated rule of its question; at most one of them names the failing part. Pure. To be given to diagnose()
/// again.
///
/// A rule that compares with the failed request holds only while that still fails; what has recovered
/// meanwhile is told nobody's fault.
/// @param before the diagnosis without any answer
QList<AnsweredQuestion> weighed(const Diagnosis &before, const ExchangePtr &failed,
                                const QList<QuestionAnswer> &answers);

} // namespace backwatch
