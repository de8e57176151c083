// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/rules.h"
#include "app/diagnosis/verdicttext.h"

#include <algorithm>

namespace backwatch {

namespace {

using enum CauseKind;

bool failed(const StoredSample &stored)
{
    return judgementOf(stored.sample.outcome) == Judgement::Failed;
}

bool isDown(const Neighbour &neighbour)
{
    return (neighbour.state == State::Down || neighbour.state == State::Suspect) &&
           judgementOf(neighbour.outcome) == Judgement::Failed;
}

bool isBehind(const Neighbour &neighbour)
{
    return neighbour.isDependency || neighbour.layer == Layer::Database || neighbour.layer == Layer::Runtime;
}

bool isDatabase(const Neighbour &neighbour)
{
    static const QStringList kKinds{QStringLiteral("mysql"), QStringLiteral("postgresql"),
                                    QStringLiteral("redis"), QStringLiteral("memcached")};
    return neighbour.layer == Layer::Database || kKinds.contains(neighbour.kind);
}

/// How a failing part shows in the one that waits for it.
CauseKind causeOfNeighbour(const Neighbour &neighbour)
{
    if (isDatabase(neighbour))
        return DatabaseDown;
    switch (neighbour.outcome) {
    case Outcome::ConnectRefused:
        return UpstreamRefused;
    case Outcome::ConnectTimeout:
    case Outcome::Unreachable:
        return UpstreamUnreachable;
    case Outcome::FirstByteTimeout:
    case Outcome::BodyTimeout:
        return UpstreamTimeout;
    case Outcome::ClosedEarly:
        return UpstreamClosed;
    case Outcome::DnsNotFound:
    case Outcome::DnsTimeout:
    case Outcome::DnsFailure:
        return UpstreamUnresolved;
    case Outcome::TlsHandshake:
    case Outcome::TlsUntrusted:
    case Outcome::TlsExpired:
    case Outcome::TlsNameMismatch:
        return UpstreamTls;
    case Outcome::MalformedResponse:
    case Outcome::ProtocolError:
        return UpstreamInvalid;
    case Outcome::HttpStatus:
        return ApplicationError;
    default:
        return Unknown;
    }
}

/// The deepest of the failing parts: what stands in front of it fails because of it.
int depthOf(const Neighbour &neighbour)
{
    const int depth = isDatabase(neighbour)                 ? 4
                      : neighbour.layer == Layer::Dns       ? 3
                      : neighbour.layer == Layer::Runtime   ? 2
                      : neighbour.layer == Layer::WebServer ? 1
                                                            : 0;
    return neighbour.isDependency ? depth + 1 : depth;
}

FailingPart partOf(const Neighbour &neighbour)
{
    FailingPart part;
    part.layer = isDatabase(neighbour)                     ? Layer::Database
                 : neighbour.kind == QStringLiteral("dns") ? Layer::Dns
                 : neighbour.layer == Layer::Unknown       ? Layer::Runtime
                                                           : neighbour.layer;
    static const QHash<QString, QString> kProducts{
        {QStringLiteral("fastcgi"), QStringLiteral("php-fpm")},
        {QStringLiteral("mysql"), QStringLiteral("mysql")},
        {QStringLiteral("postgresql"), QStringLiteral("postgresql")},
        {QStringLiteral("redis"), QStringLiteral("redis")},
        {QStringLiteral("memcached"), QStringLiteral("memcached")}};
    part.id = kProducts.value(neighbour.kind);
    return part;
}

void opposeWhatIsWell(const Neighbour &neighbour, Ranking &ranking)
{
    const QString fact = VerdictText::tr("The monitor “%1” sees it answer.").arg(neighbour.name);
    if (isDatabase(neighbour))
        ranking.weighSuspect(DatabaseDown, -1, fact);
    else if (isBehind(neighbour))
        for (const auto kind : {UpstreamRefused, UpstreamUnreachable, UpstreamUnresolved})
            ranking.weighSuspect(kind, -2, fact);
}

} // namespace

FailingPart weighNeighbours(const Signs &signs, const QList<Neighbour> &neighbours, Ranking &ranking)
{
    Q_UNUSED(signs)
    const Neighbour *deepest = nullptr;
    for (const auto &neighbour : neighbours) {
        if (neighbour.state == State::Up)
            opposeWhatIsWell(neighbour, ranking);
        else if (isDown(neighbour) && isBehind(neighbour) &&
                 (!deepest || depthOf(neighbour) > depthOf(*deepest)))
            deepest = &neighbour;
    }
    if (!deepest)
        return {};
    // That both fail at once is two measurements of one fault; the page has to allow for it all the same.
    const CauseKind kind = causeOfNeighbour(*deepest);
    const bool agrees = ranking.suspects(kind);
    const QString fact =
        VerdictText::tr("The monitor “%1” fails at the same time: %2.").arg(deepest->name, deepest->detail);
    if (kind != Unknown)
        ranking.weigh({kind, deepest->isDependency ? 8 : 4, fact, agrees && deepest->isDependency});
    else
        ranking.weighSuspect(ranking.first(), 1, fact);
    return partOf(*deepest);
}

void weighLastMinutes(const Signs &signs, const QList<StoredSample> &recent, Ranking &ranking)
{
    // Two checks make no pattern.
    constexpr qsizetype kFewest = 6;
    if (recent.size() < kFewest || signs.outcome == Outcome::RedirectLoop)
        return;
    const auto failures = std::count_if(recent.begin(), recent.end(), failed);
    const auto changes = std::adjacent_find(
        recent.begin(), recent.end(), [](const auto &a, const auto &b) { return failed(a) && !failed(b); });
    if (failures == 0 || failures == recent.size())
        return;
    const bool comesAndGoes = changes != recent.end();
    if (!comesAndGoes)
        return;
    const QString fact = VerdictText::tr("It comes and goes: %1 of the last %2 checks failed.")
                             .arg(failures)
                             .arg(recent.size());
    for (const auto kind : {Overload, UpstreamClosed, RateLimited})
        ranking.weighSuspect(kind, 1, fact);
    for (const auto kind : {Maintenance, Misconfigured, UpstreamUnresolved, UpstreamTls, DatabaseDown})
        ranking.weighSuspect(kind, -1, fact);
}

} // namespace backwatch
