// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/siterules.h"

#include "app/diagnosis/ruletext.h"

#include <algorithm>

namespace backwatch {

namespace {

/// A mere hint, beside kTelling.
constexpr int kHint = 1;

QString none()
{
    return RuleText::tr("None.");
}

/// Behind a front that may keep answers.
bool mayBeStored(const Recognition &recognition)
{
    return recognition.layer == Layer::Cache || recognition.layer == Layer::Edge ||
           !recognition.path.isEmpty();
}

void blameStore(Consequence &result)
{
    const Recognition &page = result.before().recognition;
    result.setFailing({Layer::Cache, page.layer == Layer::Cache ? page.producer : QString()},
                      CauseKind::StoredError);
}

} // namespace

QString weighRepeat(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result)
{
    if (isGood(answer)) {
        const QString fact =
            RuleText::tr("The same request was answered well %1 later.")
                .arg(measured(milliseconds(asked.failed ? answer.askedAt - asked.failed->startedAt : 0)));
        result.supportWhereNamed({CauseKind::Overload, CauseKind::RateLimited, CauseKind::UpstreamUnhealthy,
                                  CauseKind::UpstreamClosed},
                                 fact);
        result.oppose({CauseKind::Misconfigured, CauseKind::StoredError, CauseKind::DatabaseDown,
                       CauseKind::UpstreamUnresolved, CauseKind::UpstreamTls},
                      fact);
        return RuleText::tr("It comes and goes, or is over. Rule: what lasts would have failed again.");
    }
    if (!isBad(answer))
        return none();
    if (answer.result.exchange && answer.result.exchange->status >= 400 &&
        cameFromStore(*answer.result.exchange, asked.failed.get())) {
        // That it is stored says nothing of how the part behind is; the cache-buster does.
        const QString fact = RuleText::tr("The failure is kept in a cache and is given out again.");
        result.support(CauseKind::StoredError, kHint, fact);
        return RuleText::tr("It lasts, and comes out of a store now.");
    }
    return RuleText::tr("It lasts.");
}

QString weighCacheBuster(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result)
{
    if (isBad(answer)) {
        result.oppose({CauseKind::StoredError}, RuleText::tr("A request that no cache can know fails too."));
        return RuleText::tr("It is not only stored. Rule: what fails without the cache is failing now.");
    }
    if (!isGood(answer) || !asked.stillFails())
        return none();
    const auto repeats = asked.of(QuestionKind::Repeat);
    const bool kept = std::any_of(repeats.cbegin(), repeats.cend(), [&](const auto *repeat) {
        return repeat->result.exchange && cameFromStore(*repeat->result.exchange, asked.failed.get());
    });
    const QString fact = RuleText::tr(
        "A request that no cache can know was answered well, while the plain one went on failing.");
    if (kept) {
        result.prove(CauseKind::StoredError, fact);
        blameStore(result);
        return RuleText::tr("Only the stored answer is bad. Rule: good past the cache, bad from its store.");
    }
    // A limit that lets one request in so many through looks the same.
    if (mayBeStored(result.before().recognition) && !result.names(CauseKind::RateLimited)) {
        result.support(CauseKind::StoredError, kTelling, fact);
        blameStore(result);
        return RuleText::tr("The answer is likely a stored one. Rule: good past the cache, bad without.");
    }
    result.supportWhereNamed({CauseKind::StoredError, CauseKind::Overload, CauseKind::RateLimited}, fact);
    return RuleText::tr("Some requests come through: a stored answer, or a limit.");
}

QString weighStaticResource(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result)
{
    const QString path = answer.question.subject;
    // Below 500 the page itself may be what is asked for wrongly, and the file's 404 is no better.
    if (asked.failed && asked.failed->status < 500 && asked.failed->status != 0)
        return none();
    if (isGood(answer) && asked.stillFails()) {
        if (answer.result.exchange && cameFromStore(*answer.result.exchange, nullptr))
            return RuleText::tr("None: %1 came out of a cache.").arg(path);
        const QString fact = RuleText::tr("%1, which no program makes, is served.").arg(path);
        result.supportWhereNamed({CauseKind::ApplicationError, CauseKind::DatabaseDown,
                                  CauseKind::UpstreamTimeout, CauseKind::Overload, CauseKind::Maintenance},
                                 fact);
        if (result.before().failing.layer == Layer::Unknown)
            result.setFailing({Layer::Runtime, {}});
        return RuleText::tr(
            "The web server works; the runtime, the application or its data do not. Rule: files good, "
            "pages bad.");
    }
    if (!isBad(answer))
        return none();
    if (!answer.question.isCertain)
        return RuleText::tr("Little: the application may make %1 as well.").arg(path);
    result.oppose({CauseKind::ApplicationError, CauseKind::DatabaseDown},
                  RuleText::tr("%1, which no program makes, is not served either.").arg(path));
    return RuleText::tr("It is not the application alone. Rule: files bad, so the server or the way to it.");
}

QString weighOtherScheme(const QuestionAnswer &answer, const AskedSoFar &, Consequence &result)
{
    const bool tlsFailed = result.before().status == 0;
    if (isGood(answer) && tlsFailed)
        return RuleText::tr(
                   "The machine is there and answers over %1; it is what belongs to the other scheme: "
                   "its port, certificate or TLS. Rule: one scheme good, one silent.")
            .arg(answer.question.subject);
    if (isGood(answer))
        return RuleText::tr("The front is alive over %1.").arg(answer.question.subject);
    return isBad(answer) ? RuleText::tr("It is not one scheme alone.") : none();
}

QString weighOtherVersion(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result)
{
    if (isGood(answer) && asked.stillFails()) {
        result.support(CauseKind::Misconfigured, kTelling,
                       RuleText::tr("Over HTTP/1.1 the same request is answered well."));
        return RuleText::tr("The front's HTTP/2 is at fault. Rule: one version good, one bad.");
    }
    return isBad(answer) ? RuleText::tr("It is not the HTTP version.") : none();
}

QString weighAddress(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result)
{
    if (!isBad(answer))
        return isGood(answer) ? RuleText::tr("It is not this machine.") : none();
    if (!asked.anyGood(QuestionKind::EachAddress))
        return RuleText::tr("It is not one machine alone.");
    const QString fact =
        RuleText::tr("The machine at %1 fails (%2), while others of the same name answer well.")
            .arg(answer.question.subject, answerSentence(answer));
    if (answer.result.sample.outcome == Outcome::ConnectRefused)
        result.prove(CauseKind::UpstreamRefused, fact);
    else if (answer.result.sample.outcome == Outcome::ConnectTimeout ||
             answer.result.sample.outcome == Outcome::Unreachable)
        result.prove(CauseKind::UpstreamUnreachable, fact);
    else
        for (const auto &cause :
             result.before().causes.first(std::min<qsizetype>(1, result.before().causes.size())))
            result.supportWhereNamed({cause.kind}, fact);
    if (result.before().failing.layer == Layer::Unknown)
        result.setFailing({Layer::Host, {}});
    return RuleText::tr("One machine of several is at fault: %1. Rule: some addresses good, some bad.")
        .arg(answer.question.subject);
}

} // namespace backwatch
