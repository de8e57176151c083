// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/pagewords.h"
#include "app/diagnosis/rules.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

using enum CauseKind;

struct StatusRule
{
    int from;
    int to;
    Role role; ///< Unknown: of whoever made it
    std::initializer_list<CauseKind> causes;
};

// For pages whose product says nothing about causes. The first row that fits holds. RFC 9110 gives the
// meaning of each status; 52x and 530 are Cloudflare's, 508 and 509 those of hosting panels, 529 that of
// overload.
const std::array kStatusRules{
    StatusRule{429, 429, Role::Unknown, {RateLimited}},
    StatusRule{508, 509, Role::Unknown, {HostingLimit, Overload, RedirectLoop}},
    StatusRule{520, 520, Role::Unknown, {UpstreamInvalid, UpstreamClosed, ApplicationError}},
    StatusRule{521, 521, Role::Unknown, {UpstreamRefused}},
    StatusRule{522, 523, Role::Unknown, {UpstreamUnreachable, Overload, Misconfigured}},
    StatusRule{524, 524, Role::Unknown, {UpstreamTimeout, Overload}},
    StatusRule{525, 526, Role::Unknown, {UpstreamTls}},
    StatusRule{529, 529, Role::Unknown, {Overload, RateLimited}},
    StatusRule{530, 530, Role::Unknown, {UpstreamUnresolved, Misconfigured, UpstreamUnhealthy}},
    StatusRule{500, 500, Role::Gateway, {Misconfigured, UpstreamInvalid, Overload, ApplicationError}},
    StatusRule{500, 500, Role::Unknown, {ApplicationError, Misconfigured, DatabaseDown, Overload}},
    StatusRule{502, 502, Role::Application, {ApplicationError, UpstreamRefused, UpstreamClosed}},
    StatusRule{
        502,
        502,
        Role::Unknown,
        {UpstreamRefused, UpstreamClosed, UpstreamInvalid, UpstreamTimeout, UpstreamUnresolved, Overload}},
    StatusRule{503, 503, Role::Application, {Maintenance, Overload, ApplicationError, DatabaseDown}},
    StatusRule{503,
               503,
               Role::Gateway,
               {UpstreamRefused, UpstreamUnhealthy, Overload, Maintenance, UpstreamTimeout,
                UpstreamUnreachable, UpstreamClosed, RateLimited}},
    StatusRule{504, 504, Role::Application, {ApplicationError, UpstreamTimeout}},
    StatusRule{504,
               504,
               Role::Unknown,
               {UpstreamTimeout, UpstreamUnreachable, ApplicationError, Overload, DatabaseDown}},
    StatusRule{507, 507, Role::Unknown, {HostingLimit, Misconfigured}},
    StatusRule{400, 499, Role::Unknown, {Misconfigured}},
};

const StatusRule *ruleFor(int status, Role role)
{
    for (const auto &rule : kStatusRules)
        if (status >= rule.from && status <= rule.to && (rule.role == Role::Unknown || rule.role == role))
            return &rule;
    return nullptr;
}

QString saysWord(const PageWord &word)
{
    return QCoreApplication::translate("Diagnosis", "The page itself says “%1”.").arg(word.text);
}

void startFromStandard(const Recognition &recognition, Ranking &ranking)
{
    const auto *maker = recognition.standard.maker();
    if (!maker)
        return;
    // The field may be forged, so it makes nothing certain on its own.
    if (const auto kind = causeOfProxyError(maker->error))
        ranking.start(*kind, Confidence::Medium,
                      QCoreApplication::translate("Diagnosis", "Proxy-Status of %1 names the error %2.")
                          .arg(maker->proxy, maker->error));
}

/// A 503 that a known hop carried and did not make came from what stands behind it.
Role makerOf(const Signs &signs, const Recognition &recognition)
{
    const bool carried = signs.role == Role::Unknown && signs.status == 503 && !recognition.path.isEmpty();
    return carried ? Role::Application : signs.role;
}

void startFromStatus(const Signs &signs, const Recognition &recognition, Ranking &ranking)
{
    // A script that prints no proper header is as common as a broken configuration.
    if (signs.status == 500 && signs.role == Role::Gateway && signs.script)
        ranking.start(UpstreamInvalid, Confidence::Low);
    if (const auto *rule = ruleFor(signs.status, makerOf(signs, recognition)))
        for (const auto kind : rule->causes)
            ranking.start(kind, Confidence::Low);
}

/// A plain page of the site may also be what the admin gave to the gateway that carried it.
bool mayBeOfCarrier(const Signs &signs, const Recognition &recognition)
{
    return signs.role == Role::Application && recognition.confidence == Confidence::Low &&
           !recognition.path.isEmpty() && signs.status >= 502 && signs.status <= 504;
}

void startAsGateway(int status, Ranking &ranking)
{
    if (const auto *rule = ruleFor(status, Role::Gateway))
        for (const auto kind : rule->causes)
            ranking.start(kind, Confidence::Low);
}

/// A message about a connection is what an exception was raised for; other words on its page are the
/// politeness of the framework ("either overloaded or …").
bool explainsException(CauseKind kind)
{
    constexpr std::array kOfConnections{UpstreamRefused, UpstreamUnreachable, UpstreamTimeout, UpstreamClosed,
                                        UpstreamInvalid, UpstreamUnresolved,  UpstreamTls,     DatabaseDown};
    return std::find(kOfConnections.begin(), kOfConnections.end(), kind) != kOfConnections.end();
}

/// What an application writes into its page says more than the form of the page does, unless that form
/// already stands for one cause alone. That an exception was raised leaves open what for.
bool wordLeads(const PageWord &word, const Signs &signs, const Recognition &recognition)
{
    if (signs.role == Role::Gateway)
        return false;
    if (recognition.meaning == QStringLiteral("exception"))
        return explainsException(word.kind);
    return recognition.causes.isEmpty() || recognition.causes.first().confidence != Confidence::High;
}

} // namespace

void startFromPage(const Signs &signs, const Exchange &exchange, const Recognition &recognition,
                   Ranking &ranking)
{
    startFromStandard(recognition, ranking);
    const bool saidByProduct = !recognition.causes.isEmpty();
    // What the page says outright is worth more than a hint of the clock.
    if (const auto word = pageWord(exchange); word && wordLeads(*word, signs, recognition)) {
        ranking.start(word->kind, Confidence::Medium, saysWord(*word));
        ranking.weighSuspect(word->kind, 1, saysWord(*word));
    }
    for (const auto &candidate : recognition.causes)
        ranking.start(candidate.kind, candidate.confidence, candidate.fact);
    // A gateway's own page is words of its maker; what an admin put in its place says what the admin means.
    if (saidByProduct && signs.role == Role::Gateway && recognition.confidence == Confidence::Medium)
        if (const auto word = pageWord(exchange))
            ranking.weighSuspect(word->kind, 2, saysWord(*word));
    if (!saidByProduct)
        startFromStatus(signs, recognition, ranking);
    else if (mayBeOfCarrier(signs, recognition))
        startAsGateway(signs.status, ranking);
    if (signs.truncated) // what the page would have said may be missing
        ranking.start(Truncated, Confidence::Low,
                      VerdictText::tr("The answer ended before the end that it announced."));
    if (ranking.isEmpty())
        ranking.start(Unknown, Confidence::Low);
}

} // namespace backwatch
