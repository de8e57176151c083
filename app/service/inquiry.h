// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"
#include "app/diagnosis/planquestions.h"
#include "app/service/questioner.h"

namespace backwatch {

/// A failure that is to be asked about, with secrets filled in where it has any.
struct InquiryCase
{
    Monitor monitor;
    Configuration configuration; ///< where the other monitors of its service stand
    QStringList origins;         ///< "host:port" of servers behind, besides those configured
    ExchangePtr failed;
    ExchangePtr lastGood{}; ///< null when none was seen
    Diagnosis before;       ///< drawn from the failed exchange alone
    QuestioningLimits limits;
};

/// The monitors that a diagnosis of this one may ask: those of its service and those that it depends on.
QList<Monitor> partsAround(const Monitor &monitor, const Configuration &configuration);

/// The time-outs that the admin named for the products behind a service.
QHash<QString, milliseconds> timeoutsOf(const Configuration &configuration, const QString &service);

/// What may be asked. Monitors that reach the same host by another address are its origins, others are parts.
/// @param addresses that the host of an HTTP check stands for
QuestionSubject questionSubject(const InquiryCase &about, const QStringList &addresses);

/// All that is asked about it, and how hard.
QuestionRound questionRound(const InquiryCase &about, const QStringList &addresses);

/// Plans, asks and weighs, and waits for it in an event loop of its own; name lookups block too. For
/// commands; a screen never calls this.
QList<AnsweredQuestion> inquireNow(Clock &clock, Probe &probes, const Fingerprints &fingerprints,
                                   const InquiryCase &about);

} // namespace backwatch
