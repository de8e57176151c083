// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/questionrules.h"

namespace backwatch {

Cause cause(CauseKind kind, Confidence confidence = Confidence::Medium);
/// Varnish could not fetch, which has many reasons.
Diagnosis fetchFailed();
/// The same with these causes, each medium, most likely first.
Diagnosis fetchFailed(std::initializer_list<CauseKind> kinds, int status = 503);
ExchangePtr failedExchange(milliseconds wait = milliseconds(3), int status = 503);

QuestionAnswer answer(QuestionKind kind, Outcome outcome, const QString &subject = {});
QuestionAnswer repeat(Outcome outcome);
/// As it comes out of a cache that says so.
QuestionAnswer stored(QuestionAnswer one, const HttpHeader &sign);
/// Dependencies.
QuestionAnswer part(const QString &name, Layer layer, const CheckSpec &check, Outcome outcome);
QuestionAnswer database(Outcome outcome);
QuestionAnswer pool(Outcome outcome);
QuestionAnswer webServer(Outcome outcome);

/// The diagnosis with these answers weighed in.
Diagnosis after(const QList<QuestionAnswer> &answers, const Diagnosis &before = fetchFailed(),
                const ExchangePtr &failed = failedExchange());
/// "upstream-refused+ overload rate-limited-": high, medium and low.
QString causes(const Diagnosis &diagnosis);
/// "web-server/nginx"
QString failing(const Diagnosis &diagnosis);
/// What the answers weighed, in their order: "stored-error-3 overload+1".
QString weights(const Diagnosis &diagnosis);

} // namespace backwatch
