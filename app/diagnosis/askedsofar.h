// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/question.h"

namespace backwatch {

bool isGood(const QuestionAnswer &answer);
/// The other side failed; false too where nothing can be said of it.
bool isBad(const QuestionAnswer &answer);
/// It sent an answer of its own, however bad.
bool hasSpoken(const QuestionAnswer &answer);

/// The failed exchange and all answers together, as the rules look at them.
struct AskedSoFar
{
    ExchangePtr failed;
    const QList<QuestionAnswer> &answers;

    QList<const QuestionAnswer *> of(QuestionKind kind) const; ///< those that were put
    bool anyGood(QuestionKind kind) const;
    /// Every time the same request was sent again it failed, and it was at least once.
    bool stillFails() const;
    /// At least one of them was good.
    bool hasRecovered() const { return anyGood(QuestionKind::Repeat); }
};

/// "503 Backend fetch failed after 12 ms", "Connection refused", or why it was not asked.
QString answerSentence(const QuestionAnswer &answer);
/// "12 ms", "3.1 s".
QString measured(microseconds duration);
/// The answer says of itself that it came out of a store: Age, X-Cache, Cache-Status, two numbers in
/// X-Varnish, or the very moment and mark of the one before.
bool cameFromStore(const Exchange &answer, const Exchange *before);

/// Where a part stands, from what the admin said or else from what is asked of it.
Layer layerOf(Layer said, const CheckSpec &check);
Layer layerOf(const Question &question);
/// The product's id where the answer or the protocol tells it: "php-fpm", "mysql", "nginx"; otherwise empty.
QString productOf(const QuestionAnswer &answer);

} // namespace backwatch
