// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/rules.h"
#include "app/diagnosis/verdicttext.h"

#include <QCoreApplication>

#include <array>

namespace backwatch {

namespace {

struct OutcomeRule
{
    Outcome outcome;
    std::initializer_list<CauseKind> causes; ///< most likely first; the first one is medium, the others low
    const char *fact;
};

using enum CauseKind;

// What this program saw itself, without a page between it and the fault.
const std::array kOutcomeRules{
    OutcomeRule{Outcome::DnsNotFound,
                {UpstreamUnresolved, Misconfigured},
                QT_TRANSLATE_NOOP("Diagnosis", "The name servers say that this name has no address.")},
    OutcomeRule{Outcome::DnsTimeout,
                {UpstreamUnresolved, UpstreamUnreachable},
                QT_TRANSLATE_NOOP("Diagnosis", "No name server answered in time.")},
    OutcomeRule{Outcome::DnsFailure,
                {UpstreamUnresolved, Misconfigured},
                QT_TRANSLATE_NOOP("Diagnosis", "The name servers could not answer.")},
    OutcomeRule{Outcome::ConnectRefused,
                {UpstreamRefused, Misconfigured, Maintenance},
                QT_TRANSLATE_NOOP("Diagnosis", "The machine answered, and refused the connection: no program "
                                               "listens on that port, or a firewall rejects it.")},
    OutcomeRule{Outcome::ConnectTimeout,
                {UpstreamUnreachable, Overload, Misconfigured},
                QT_TRANSLATE_NOOP("Diagnosis", "Nothing answered the attempt to connect.")},
    OutcomeRule{Outcome::Unreachable,
                {UpstreamUnreachable, Misconfigured},
                QT_TRANSLATE_NOOP("Diagnosis", "The network says that there is no way to that address.")},
    OutcomeRule{Outcome::TlsHandshake,
                {UpstreamTls, Misconfigured, UpstreamClosed},
                QT_TRANSLATE_NOOP("Diagnosis", "The connection was made; the TLS handshake failed.")},
    OutcomeRule{Outcome::TlsUntrusted,
                {UpstreamTls, Misconfigured},
                QT_TRANSLATE_NOOP("Diagnosis", "No trusted authority stands behind the certificate.")},
    OutcomeRule{Outcome::TlsExpired,
                {UpstreamTls, Misconfigured},
                QT_TRANSLATE_NOOP("Diagnosis", "The certificate has expired.")},
    OutcomeRule{Outcome::TlsNameMismatch,
                {UpstreamTls, Misconfigured},
                QT_TRANSLATE_NOOP("Diagnosis", "The certificate is for another name.")},
    // The connection stands, and not one byte comes: every worker is busy or waits itself.
    OutcomeRule{
        Outcome::FirstByteTimeout,
        {Overload, UpstreamTimeout, ApplicationError, DatabaseDown},
        QT_TRANSLATE_NOOP("Diagnosis", "The connection was accepted, and no byte of an answer came.")},
    OutcomeRule{Outcome::BodyTimeout,
                {UpstreamTimeout, Overload, Truncated},
                QT_TRANSLATE_NOOP("Diagnosis", "The answer began and did not come to its end in time.")},
    OutcomeRule{Outcome::ClosedEarly,
                {UpstreamClosed, Overload, Misconfigured, ApplicationError, UpstreamRefused},
                QT_TRANSLATE_NOOP("Diagnosis", "The connection was closed without an answer.")},
    OutcomeRule{Outcome::MalformedResponse,
                {UpstreamInvalid, Misconfigured, ApplicationError},
                QT_TRANSLATE_NOOP("Diagnosis", "What came back is not HTTP.")},
    OutcomeRule{Outcome::ProtocolError,
                {UpstreamInvalid, Misconfigured},
                QT_TRANSLATE_NOOP("Diagnosis", "What came back does not keep to the protocol.")},
    OutcomeRule{Outcome::TooLarge,
                {UpstreamInvalid, ApplicationError},
                QT_TRANSLATE_NOOP("Diagnosis", "The answer is larger than any that is accepted.")},
    OutcomeRule{Outcome::RedirectLoop,
                {RedirectLoop, Misconfigured},
                QT_TRANSLATE_NOOP("Diagnosis", "The redirects were followed and did not end.")},
    OutcomeRule{Outcome::AuthRejected,
                {Misconfigured, DatabaseDown},
                QT_TRANSLATE_NOOP("Diagnosis", "The login was rejected.")},
};

void startCutShort(const Signs &signs, Ranking &ranking)
{
    if (signs.twoLengths)
        ranking.start(UpstreamInvalid, Confidence::Medium,
                      VerdictText::tr("The answer announces two lengths that differ."));
    // Where it broke off after a whole number of seconds, a time-out in front of it ran out.
    if (signs.wait == Wait::Round || signs.wait == Wait::AtTimeout)
        ranking.start(
            UpstreamTimeout, Confidence::Medium,
            VerdictText::tr("The answer stood still and ended after %1 ms, a whole number of seconds.")
                .arg(signs.waited.count()));
    ranking.start(Truncated, Confidence::Medium,
                  VerdictText::tr("The answer ended before the end that it announced."));
    for (const auto kind : {UpstreamClosed, UpstreamTimeout, ApplicationError})
        ranking.start(kind, Confidence::Low);
}

} // namespace

bool isFailing(const Signs &signs, const Recognition &recognition)
{
    if (judgementOf(signs.outcome) == Judgement::Failed || signs.truncated || !signs.selfRedirect.isEmpty())
        return true;
    if (signs.status >= 400)
        return true;
    // An error page may come as 200; only what names it for certain counts.
    return signs.status != 0 && recognition.confidence == Confidence::High && !recognition.causes.isEmpty();
}

void startFromOutcome(const Signs &signs, Ranking &ranking)
{
    if (!signs.selfRedirect.isEmpty() && signs.outcome != Outcome::RedirectLoop) {
        ranking.start(RedirectLoop, Confidence::Medium,
                      VerdictText::tr("The answer sends the visitor to %1, where the request came from.")
                          .arg(signs.selfRedirect));
        ranking.start(Misconfigured, Confidence::Low);
        ranking.start(ApplicationError, Confidence::Low);
        return;
    }
    if (signs.truncated && signs.status != 0 && signs.status < 400)
        return startCutShort(signs, ranking);
    if (signs.status >= 400)
        return; // the page says more
    for (const auto &rule : kOutcomeRules) {
        if (rule.outcome != signs.outcome)
            continue;
        auto confidence = Confidence::Medium;
        for (const auto kind : rule.causes) {
            ranking.start(kind, confidence,
                          confidence == Confidence::Medium ? VerdictText::tr(rule.fact) : QString());
            confidence = Confidence::Low;
        }
    }
}

} // namespace backwatch
