// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/backendrules.h"

#include "app/diagnosis/ruletext.h"

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

/// Slower than this, a front has waited for somebody: its own refusals and limits take no time.
constexpr microseconds kWaited{800'000};

bool isGateway(Layer layer)
{
    return layer == Layer::Edge || layer == Layer::Balancer || layer == Layer::Cache ||
           layer == Layer::WebServer;
}

/// Its process or its name is gone: nothing behind it can be the reason for that.
bool isGone(const QuestionAnswer &answer)
{
    const Outcome outcome = answer.result.sample.outcome;
    return outcome == Outcome::ConnectRefused || outcome == Outcome::DnsNotFound;
}

bool poolIsExhausted(const QuestionAnswer &answer)
{
    const auto *pool = std::get_if<FastCgiCheck>(&answer.question.check);
    return pool && !pool->statusPath.isEmpty() && !pool->slowAfter &&
           answer.result.sample.outcome == Outcome::Slow;
}

/// What is wrong with a part, by how it was found.
CauseKind causeFor(const QuestionAnswer &answer)
{
    const Outcome outcome = answer.result.sample.outcome;
    const Layer layer = layerOf(answer.question);
    if (poolIsExhausted(answer))
        return CauseKind::Overload;
    if (outcome == Outcome::AuthRejected)
        return CauseKind::Misconfigured;
    if (layer == Layer::Database)
        return CauseKind::DatabaseDown;
    switch (outcome) {
    case Outcome::ConnectRefused:
        return CauseKind::UpstreamRefused;
    case Outcome::ConnectTimeout:
    case Outcome::Unreachable:
        return CauseKind::UpstreamUnreachable;
    case Outcome::FirstByteTimeout:
    case Outcome::BodyTimeout:
        return CauseKind::UpstreamTimeout;
    case Outcome::ClosedEarly:
        return CauseKind::UpstreamClosed;
    case Outcome::DnsNotFound:
    case Outcome::DnsTimeout:
    case Outcome::DnsFailure:
        return CauseKind::UpstreamUnresolved;
    case Outcome::TlsHandshake:
    case Outcome::TlsUntrusted:
    case Outcome::TlsExpired:
    case Outcome::TlsNameMismatch:
        return CauseKind::UpstreamTls;
    case Outcome::MalformedResponse:
    case Outcome::ProtocolError:
        return CauseKind::UpstreamInvalid;
    default:
        return CauseKind::Unknown; // it speaks, so it may only pass on what is behind it
    }
}

bool isTrouble(const QuestionAnswer &answer)
{
    return isBad(answer) || poolIsExhausted(answer);
}

const QuestionAnswer *culprit(const AskedSoFar &asked)
{
    QList<const QuestionAnswer *> troubled;
    for (const auto *one : asked.of(QuestionKind::Dependency))
        if (isTrouble(*one))
            troubled.append(one);
    if (troubled.isEmpty())
        return nullptr;
    std::stable_sort(troubled.begin(), troubled.end(), [](const auto *a, const auto *b) {
        return layerOf(a->question) < layerOf(b->question);
    });
    const auto gone =
        std::find_if(troubled.cbegin(), troubled.cend(), [](const auto *one) { return isGone(*one); });
    if (gone != troubled.cend())
        return *gone;
    const auto full = std::find_if(troubled.crbegin(), troubled.crend(),
                                   [](const auto *one) { return poolIsExhausted(*one); });
    const auto *deepest = troubled.last();
    // A full pool that is asked twice, once through the pool and once beside it, is one and the same part.
    if (full != troubled.crend() && layerOf((*full)->question) == layerOf(deepest->question))
        return *full;
    return deepest;
}

/// The front, where it wrote the page itself.
std::optional<FailingPart> front(const Diagnosis &diagnosis)
{
    if (!isGateway(diagnosis.recognition.layer))
        return std::nullopt;
    return FailingPart{diagnosis.recognition.layer, diagnosis.recognition.producer};
}

bool hasWaited(const AskedSoFar &asked)
{
    return asked.failed && asked.failed->phases.wait.value_or(microseconds{0}) >= kWaited;
}

/// The front gave no answer of its own at all: what fails is what was connected to.
QString weighGoodBehindSilentFront(const QString &fact, Consequence &result)
{
    result.oppose({CauseKind::UpstreamTimeout, CauseKind::DatabaseDown, CauseKind::ApplicationError}, fact);
    if (!result.before().causes.isEmpty())
        result.supportWhereNamed({result.before().causes.first().kind}, fact);
    return RuleText::tr("It is what stands before that server. Rule: a server that answers well directly is "
                        "not the one that is silent.");
}

QString weighGoodOrigin(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result)
{
    const QString fact =
        RuleText::tr("The server at %1 answers well when it is asked directly.").arg(answer.question.subject);
    if (result.before().status == 0)
        return weighGoodBehindSilentFront(fact, result);
    constexpr std::array kBehind{CauseKind::UpstreamRefused, CauseKind::UpstreamClosed,
                                 CauseKind::UpstreamInvalid, CauseKind::UpstreamTimeout,
                                 CauseKind::DatabaseDown,    CauseKind::ApplicationError,
                                 CauseKind::Unknown};
    result.oppose({CauseKind::UpstreamRefused, CauseKind::UpstreamClosed, CauseKind::UpstreamInvalid,
                   CauseKind::UpstreamTimeout, CauseKind::DatabaseDown, CauseKind::ApplicationError},
                  fact);
    result.supportWhereNamed({CauseKind::UpstreamUnreachable, CauseKind::UpstreamUnresolved,
                              CauseKind::UpstreamTls, CauseKind::Misconfigured},
                             fact);
    // A server marked down, a limit and a stored answer make nobody wait; a queue does.
    if (hasWaited(asked)) {
        result.supportWhereNamed({CauseKind::Overload}, fact);
    } else {
        result.supportWhereNamed(
            {CauseKind::UpstreamUnhealthy, CauseKind::RateLimited, CauseKind::StoredError}, fact);
        const CauseKind first =
            result.before().causes.isEmpty() ? CauseKind::Unknown : result.before().causes.first().kind;
        if (std::find(kBehind.begin(), kBehind.end(), first) != kBehind.end())
            result.support(CauseKind::UpstreamUnhealthy, kTelling, fact);
    }
    if (const auto part = front(result.before()))
        result.setFailing(*part);
    return RuleText::tr("It is what stands before that server, or the way between them. Rule: a server that "
                        "answers well directly is not the one that fails.");
}

/// A part behind it that does not work explains why it is slow; not that it is gone.
bool isDraggedAlong(const QuestionAnswer &origin, const AskedSoFar &asked)
{
    const auto *deeper = culprit(asked);
    return deeper && !isGone(origin) && layerOf(deeper->question) > layerOf(origin.question);
}

QString weighBadOrigin(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result)
{
    const Outcome outcome = answer.result.sample.outcome;
    const Layer layer = layerOf(answer.question);
    if (outcome == Outcome::ConnectTimeout || outcome == Outcome::Unreachable) {
        result.supportWhereNamed({CauseKind::UpstreamUnreachable},
                                 RuleText::tr("Nothing answers at %1.").arg(answer.question.subject));
        return RuleText::tr("Little: a firewall may let only the front through.");
    }
    if (hasSpoken(answer)) {
        const Recognition &page = answer.recognition;
        if (!page.producer.isEmpty() && (!isGateway(page.layer) || page.layer == Layer::WebServer) &&
            page.layer > result.before().failing.layer)
            result.setFailing({page.layer, page.producer});
        result.oppose({CauseKind::StoredError},
                      RuleText::tr("The server at %1 fails too when it is asked directly.")
                          .arg(answer.question.subject));
        return RuleText::tr("The front only passes it on. Rule: what fails without the front is not the "
                            "front's.");
    }
    if (isDraggedAlong(answer, asked))
        return RuleText::tr("A part behind it explains this. Rule: of parts that only fail the deepest.");
    const CauseKind kind = causeFor(answer);
    const QString fact = RuleText::tr("The server at %1, asked directly: %2")
                             .arg(answer.question.subject, answerSentence(answer));
    if (isGone(answer))
        result.prove(kind, fact);
    else
        result.support(kind, kTelling, fact);
    result.setFailing({layer, productOf(answer)}, kind);
    return RuleText::tr("That server is the failing part, or what it waits for. Rule: what does not answer "
                        "directly cannot answer the front.");
}

/// It would be the failing part, whatever is well behind it.
bool originIsSilent(const AskedSoFar &asked)
{
    const auto origins = asked.of(QuestionKind::OriginDirect);
    return std::any_of(origins.cbegin(), origins.cend(),
                       [](const auto *one) { return isBad(*one) && !hasSpoken(*one); });
}

/// Of those behind a front the outermost; nothing where none is.
const QuestionAnswer *nearestBehind(const QList<const QuestionAnswer *> &dependencies, Layer producer)
{
    const QuestionAnswer *nearest = nullptr;
    for (const auto *one : dependencies) {
        const Layer layer = layerOf(one->question);
        if (layer != Layer::Unknown && layer > producer && (!nearest || layer < layerOf(nearest->question)))
            nearest = one;
    }
    return nearest;
}

/// A gateway hands on by HTTP, a web server also by FastCGI: behind anything else there is another part
/// between.
bool isAskedByFront(const Question &part, Layer producer)
{
    return std::holds_alternative<HttpCheck>(part.check) || layerOf(part) <= layerBehind(producer);
}

} // namespace

QString weighOrigin(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result)
{
    if (isBad(answer))
        return weighBadOrigin(answer, asked, result);
    if (!isGood(answer))
        return RuleText::tr("None.");
    if (!asked.stillFails())
        return RuleText::tr("None: the front has answered well meanwhile.");
    return weighGoodOrigin(answer, asked, result);
}

QString weighDependency(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result)
{
    if (!isTrouble(answer)) {
        if (!isGood(answer))
            return RuleText::tr("None.");
        if (layerOf(answer.question) == Layer::Database && asked.stillFails())
            result.oppose({CauseKind::DatabaseDown},
                          RuleText::tr("“%1” is well.").arg(answer.question.subject));
        return RuleText::tr("It is not this part, as far as it can be asked.");
    }
    if (culprit(asked) != &answer)
        return RuleText::tr("Another part explains this one. Rule: of parts that are gone the outermost, of "
                            "parts that only fail the deepest.");
    const Layer layer = layerOf(answer.question);
    const CauseKind kind = causeFor(answer);
    if (kind == CauseKind::Unknown) {
        if (layer > result.before().failing.layer || result.before().failing.layer == Layer::Unknown)
            result.setFailing({layer, productOf(answer)});
        return RuleText::tr("It fails too, so it is this part or what is behind it.");
    }
    // A pool without a free worker hangs just as a dead one does.
    const bool mayBeFull = kind == CauseKind::UpstreamTimeout && layer == Layer::Runtime;
    const QString fact = RuleText::tr("“%1”: %2").arg(answer.question.subject, answerSentence(answer));
    if (mayBeFull) {
        result.support(kind, kTelling, fact);
        result.supportWhereNamed({CauseKind::Overload}, fact);
    } else {
        result.prove(kind, fact);
    }
    result.setFailing({layer, productOf(answer)}, kind);
    return RuleText::tr("It is this part. Rule: a part that does not work when it is asked is the one that "
                        "fails.");
}

QString weighAllDependencies(const AskedSoFar &asked, Consequence &result)
{
    const auto dependencies = asked.of(QuestionKind::Dependency);
    const bool allWell = std::all_of(dependencies.cbegin(), dependencies.cend(),
                                     [](const auto *one) { return isGood(*one) && !isTrouble(*one); });
    const Layer producer = result.before().recognition.layer;
    if (!allWell || !asked.stillFails() || !asked.failed || !isGateway(producer) || originIsSilent(asked))
        return {};
    const auto *nearest = nearestBehind(dependencies, producer);
    if (!nearest)
        return {};
    if (!isAskedByFront(nearest->question, producer) && !asked.anyGood(QuestionKind::OriginDirect)) {
        result.setFailing({layerBehind(producer), {}});
        return RuleText::tr("What stands between it and “%1” was not asked. Rule: the fault is in front of "
                            "what is well.")
            .arg(nearest->question.subject);
    }
    const QString fact = RuleText::tr("Every part behind it that was asked is well.");
    result.oppose({CauseKind::UpstreamRefused, CauseKind::UpstreamUnreachable}, fact);
    // A front that waited, or was given something odd, did reach a program there; only that one is left.
    if (asked.failed->status != 503 || hasWaited(asked))
        return RuleText::tr(
            "Every part behind can be reached; what one of them does with the request is left.");
    result.oppose({CauseKind::UpstreamTimeout, CauseKind::UpstreamClosed, CauseKind::UpstreamInvalid}, fact);
    result.supportWhereNamed({CauseKind::UpstreamUnhealthy, CauseKind::UpstreamUnresolved,
                              CauseKind::RateLimited, CauseKind::Misconfigured, CauseKind::StoredError},
                             fact);
    result.setFailing(*front(result.before()));
    return RuleText::tr(
        "It is the front itself, or its way to them. Rule: all well behind, refused at once.");
}

} // namespace backwatch
