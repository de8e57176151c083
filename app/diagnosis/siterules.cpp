// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/siterules.h"

#include <QCoreApplication>

#include <algorithm>

namespace backwatch {

namespace {

struct RuleText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::QuestionRules)
};

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

void blameStore(Ranking &ranking, Confidence confidence, const QString &fact)
{
    ranking.support(CauseKind::StoredError, confidence, fact,
                    RuleText::tr("The page still fails after it was removed from the cache."));
    const Recognition &page = ranking.diagnosis().recognition;
    ranking.setFailing({Layer::Cache, page.layer == Layer::Cache ? page.producer : QString()});
}

} // namespace

QString weighRepeat(const QuestionAnswer &answer, const AskedSoFar &asked, Ranking &ranking)
{
    if (isGood(answer)) {
        const QString fact =
            RuleText::tr("The same request was answered well %1 later.")
                .arg(measured(milliseconds(asked.failed ? answer.askedAt - asked.failed->startedAt : 0)));
        ranking.supportWhereNamed({CauseKind::Overload, CauseKind::RateLimited, CauseKind::UpstreamUnhealthy,
                                   CauseKind::UpstreamClosed},
                                  fact);
        ranking.oppose({CauseKind::Misconfigured, CauseKind::StoredError, CauseKind::DatabaseDown,
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
        ranking.support(CauseKind::StoredError, Confidence::Low, fact,
                        RuleText::tr("The page fails too where no cache can have it in store."));
        return RuleText::tr("It lasts, and comes out of a store now.");
    }
    return RuleText::tr("It lasts.");
}

QString weighCacheBuster(const QuestionAnswer &answer, const AskedSoFar &asked, Ranking &ranking)
{
    if (isBad(answer)) {
        ranking.oppose({CauseKind::StoredError}, RuleText::tr("A request that no cache can know fails too."));
        return RuleText::tr("It is not only stored. Rule: what fails without the cache is failing now.");
    }
    if (!isGood(answer) || !asked.stillFails())
        return none();
    const auto repeats = asked.of(QuestionKind::Repeat);
    const bool kept = std::all_of(repeats.cbegin(), repeats.cend(), [&](const auto *repeat) {
        return repeat->result.exchange && cameFromStore(*repeat->result.exchange, asked.failed.get());
    });
    const QString fact = RuleText::tr(
        "A request that no cache can know was answered well, while the plain one went on failing.");
    if (kept) {
        blameStore(ranking, Confidence::High, fact);
        return RuleText::tr("Only the stored answer is bad. Rule: good past the cache, bad from its store.");
    }
    // A limit that lets one request in so many through looks the same.
    if (mayBeStored(ranking.diagnosis().recognition) && !ranking.names(CauseKind::RateLimited)) {
        blameStore(ranking, Confidence::Medium, fact);
        return RuleText::tr("The answer is likely a stored one. Rule: good past the cache, bad without.");
    }
    ranking.supportWhereNamed({CauseKind::StoredError, CauseKind::Overload, CauseKind::RateLimited}, fact);
    return RuleText::tr("Some requests come through: a stored answer, or a limit.");
}

QString weighStaticResource(const QuestionAnswer &answer, const AskedSoFar &asked, Ranking &ranking)
{
    const QString path = answer.question.subject;
    if (isGood(answer) && asked.stillFails()) {
        if (answer.result.exchange && cameFromStore(*answer.result.exchange, nullptr))
            return RuleText::tr("None: %1 came out of a cache.").arg(path);
        const QString fact = RuleText::tr("%1, which no program makes, is served.").arg(path);
        ranking.supportWhereNamed({CauseKind::ApplicationError, CauseKind::DatabaseDown,
                                   CauseKind::UpstreamTimeout, CauseKind::Overload, CauseKind::Maintenance},
                                  fact);
        if (ranking.diagnosis().failing.layer == Layer::Unknown)
            ranking.setFailing({Layer::Runtime, {}});
        return RuleText::tr(
            "The web server works; the runtime, the application or its data do not. Rule: files good, "
            "pages bad.");
    }
    if (!isBad(answer))
        return none();
    if (!answer.question.isCertain)
        return RuleText::tr("Little: the application may make %1 as well.").arg(path);
    ranking.oppose({CauseKind::ApplicationError, CauseKind::DatabaseDown},
                   RuleText::tr("%1, which no program makes, is not served either.").arg(path));
    return RuleText::tr("It is not the application alone. Rule: files bad, so the server or the way to it.");
}

QString weighOtherScheme(const QuestionAnswer &answer, const AskedSoFar &, Ranking &ranking)
{
    const bool tlsFailed = ranking.diagnosis().status == 0;
    if (isGood(answer) && tlsFailed)
        return RuleText::tr(
                   "The machine is there and answers over %1; it is what belongs to the other scheme: "
                   "its port, certificate or TLS. Rule: one scheme good, one silent.")
            .arg(answer.question.subject);
    if (isGood(answer))
        return RuleText::tr("The front is alive over %1.").arg(answer.question.subject);
    return isBad(answer) ? RuleText::tr("It is not one scheme alone.") : none();
}

QString weighOtherVersion(const QuestionAnswer &answer, const AskedSoFar &asked, Ranking &ranking)
{
    if (isGood(answer) && asked.stillFails()) {
        ranking.support(CauseKind::Misconfigured, Confidence::Medium,
                        RuleText::tr("Over HTTP/1.1 the same request is answered well."),
                        RuleText::tr("It fails over HTTP/1.1 too."));
        return RuleText::tr("The front's HTTP/2 is at fault. Rule: one version good, one bad.");
    }
    return isBad(answer) ? RuleText::tr("It is not the HTTP version.") : none();
}

QString weighAddress(const QuestionAnswer &answer, const AskedSoFar &asked, Ranking &ranking)
{
    if (!isBad(answer))
        return isGood(answer) ? RuleText::tr("It is not this machine.") : none();
    if (!asked.anyGood(QuestionKind::EachAddress))
        return RuleText::tr("It is not one machine alone.");
    const QString fact =
        RuleText::tr("The machine at %1 fails (%2), while others of the same name answer well.")
            .arg(answer.question.subject, answerSentence(answer));
    if (answer.result.sample.outcome == Outcome::ConnectRefused)
        ranking.support(CauseKind::UpstreamRefused, Confidence::High, fact,
                        RuleText::tr("%1 takes connections.").arg(answer.question.subject));
    else if (answer.result.sample.outcome == Outcome::ConnectTimeout ||
             answer.result.sample.outcome == Outcome::Unreachable)
        ranking.support(CauseKind::UpstreamUnreachable, Confidence::High, fact,
                        RuleText::tr("%1 can be reached.").arg(answer.question.subject));
    else
        ranking.supportWhereNamed({ranking.diagnosis().causes.first().kind}, fact);
    if (ranking.diagnosis().failing.layer == Layer::Unknown)
        ranking.setFailing({Layer::Host, {}});
    return RuleText::tr("One machine of several is at fault: %1. Rule: some addresses good, some bad.")
        .arg(answer.question.subject);
}

QString weighVantage(const QuestionAnswer &answer, const AskedSoFar &asked, Ranking &ranking)
{
    if (isBad(answer)) {
        ranking.oppose({CauseKind::RateLimited},
                       RuleText::tr("%1 sees the failure too.").arg(answer.question.subject));
        return RuleText::tr("It is not the way from here. Rule: bad from two places is the target's.");
    }
    if (!isGood(answer) || !asked.stillFails())
        return none();
    const QString fact = RuleText::tr("%1 is answered well at the same time.").arg(answer.question.subject);
    if (ranking.diagnosis().status != 0)
        ranking.support(CauseKind::RateLimited, Confidence::Medium, fact,
                        RuleText::tr("It fails from other places too."));
    else
        ranking.supportWhereNamed({CauseKind::UpstreamUnreachable}, fact);
    ranking.setFailing({Layer::Client, {}});
    return RuleText::tr(
        "It is the way from here to the target, or this machine's address is turned away. Rule: "
        "good from elsewhere.");
}

Outcome outcomeFromVantage(const QByteArray &metrics)
{
    for (const auto &line : metrics.split('\n')) {
        if (line.trimmed() == "probe_success 1")
            return Outcome::Ok;
        if (line.trimmed() == "probe_success 0")
            return Outcome::HttpStatus;
    }
    return Outcome::Internal;
}

} // namespace backwatch
