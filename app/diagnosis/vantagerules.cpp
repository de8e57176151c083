// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/vantagerules.h"

#include "app/diagnosis/ruletext.h"

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

using enum CauseKind;

/// The value of a metric without labels.
std::optional<QByteArray> metric(const QByteArray &metrics, const QByteArray &name)
{
    const QByteArray start = name + ' ';
    for (const auto &line : metrics.split('\n'))
        if (line.startsWith(start))
            return line.sliced(name.size()).trimmed();
    return std::nullopt;
}

/// It says in a line of plain text what is wrong with the question: 'Unknown module "http_2xx"'.
QString complaintOf(const QuestionAnswer &answer)
{
    constexpr qsizetype kLongest = 120;
    const auto &exchange = answer.result.exchange;
    if (!exchange || !headerValue(exchange->responseHeaders, "Content-Type").startsWith("text/plain"))
        return {};
    return QString::fromUtf8(exchange->body.first(std::min(kLongest, exchange->body.size()))).simplified();
}

QString ownFailure(const QuestionAnswer &answer)
{
    const QString complaint = complaintOf(answer);
    const QString &detail = answer.result.sample.detail;
    return complaint.isEmpty() ? RuleText::tr("The exporter itself fails: %1").arg(detail)
                               : RuleText::tr("The exporter itself fails: %1: %2").arg(detail, complaint);
}

bool namesUpstream(const Consequence &result)
{
    constexpr std::array kBehind{UpstreamRefused, UpstreamUnreachable, UpstreamTimeout,    UpstreamClosed,
                                 UpstreamInvalid, UpstreamUnhealthy,   UpstreamUnresolved, UpstreamTls};
    return std::any_of(kBehind.begin(), kBehind.end(), [&](CauseKind kind) { return result.names(kind); });
}

/// The page leaves it open that a limit or a ban on addresses made it. Whoever is turned away is told at
/// once; a gateway that tried in vain takes longer.
bool mayBeTurnedAway(const AskedSoFar &asked, const Consequence &result)
{
    constexpr microseconds kAtOnce{1'000'000};
    if (asked.failed && asked.failed->phases.wait > kAtOnce)
        return false;
    const int status = result.before().status;
    return status == 403 || status == 429 || result.names(RateLimited) ||
           (status == 503 && !namesUpstream(result));
}

/// No answer in both places, or answers of one kind: a 401 there may only mean that it has no password.
bool failsAlike(const QuestionAnswer &answer, int failedStatus)
{
    const int seen = answer.result.sample.httpStatus;
    return seen == failedStatus || (seen >= 500 && failedStatus >= 500);
}

QString weighBadThere(const QuestionAnswer &answer, Consequence &result)
{
    const int failedStatus = result.before().status;
    if (!failsAlike(answer, failedStatus))
        return RuleText::tr("None: it fails there in another way, which may have a reason of its own.");
    if (failedStatus != 429) // that is a limit, whoever meets it
        result.oppose({RateLimited}, RuleText::tr("%1 sees the failure too.").arg(answer.question.subject));
    return RuleText::tr("It is not the way from here. Rule: bad alike from two places is the target's.");
}

QString weighGoodWithoutAnswer(const QString &fact, Consequence &result)
{
    switch (result.before().outcome) {
    case Outcome::TlsHandshake:
    case Outcome::TlsUntrusted:
    case Outcome::TlsExpired:
    case Outcome::TlsNameMismatch:
        return RuleText::tr("None: it may be told there not to check certificates.");
    case Outcome::ConnectRefused:
    case Outcome::ConnectTimeout:
    case Outcome::Unreachable:
        result.support(UpstreamUnreachable, kTelling, fact);
        result.oppose({UpstreamRefused, Overload, Maintenance}, fact);
        break;
    default:
        result.supportWhereNamed({UpstreamUnreachable}, fact);
        result.oppose({DatabaseDown, ApplicationError}, fact);
    }
    result.setFailing({Layer::Client, {}});
    return RuleText::tr(
        "It is the way from here to the target, or this machine's address is turned away. Rule: "
        "good from elsewhere.");
}

QString weighGoodWithPage(const QString &fact, const AskedSoFar &asked, Consequence &result)
{
    if (result.before().status < 400)
        return RuleText::tr("None: there the status alone is looked at, and that is good here too.");
    if (!mayBeTurnedAway(asked, result)) {
        result.oppose({DatabaseDown, Maintenance}, fact);
        return RuleText::tr(
            "Not every visitor is hit: some of its servers work, or some pages of it. Rule: good from "
            "elsewhere, and the page is not one for those who are turned away.");
    }
    result.support(RateLimited, kTelling, fact);
    result.setFailing({Layer::Client, {}}, RateLimited);
    return RuleText::tr("This machine's address is turned away, by a limit or a ban. Rule: good from "
                        "elsewhere.");
}

} // namespace

QuestionAnswer seenFromVantage(QuestionAnswer answer)
{
    Sample &sample = answer.result.sample;
    if (isBad(answer)) {
        sample.detail = ownFailure(answer);
        sample.outcome = Outcome::Internal;
    }
    if (!isGood(answer))
        return answer;
    const QByteArray page = answer.result.exchange ? answer.result.exchange->body : QByteArray();
    const auto success = metric(page, "probe_success");
    sample.httpStatus = metric(page, "probe_http_status_code").value_or("0").toInt();
    if (success == "1") {
        sample.outcome = Outcome::Ok;
        sample.detail = RuleText::tr("It sees a good answer");
    } else if (success == "0") {
        sample.outcome = Outcome::HttpStatus;
        sample.detail = sample.httpStatus == 0
                            ? RuleText::tr("It gets no answer")
                            : RuleText::tr("It sees a failure, with status %1").arg(sample.httpStatus);
    } else {
        sample.outcome = Outcome::Internal;
        sample.detail = RuleText::tr("That is no answer of a blackbox_exporter");
    }
    return answer;
}

QString weighVantage(const QuestionAnswer &answer, const AskedSoFar &asked, Consequence &result)
{
    if (isBad(answer))
        return weighBadThere(answer, result);
    if (!isGood(answer))
        return RuleText::tr("None: what it sees is not known.");
    if (!asked.stillFails())
        return RuleText::tr("None: it does not fail from here any more.");
    const QString fact = RuleText::tr("%1 is answered well at the same time.").arg(answer.question.subject);
    return result.before().status == 0 ? weighGoodWithoutAnswer(fact, result)
                                       : weighGoodWithPage(fact, asked, result);
}

} // namespace backwatch
