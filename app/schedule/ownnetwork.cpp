// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/ownnetwork.h"

#include "app/schedule/usualwitnesses.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace backwatch {

namespace {

constexpr qint64 kFineHoldsMs = 1'000;
constexpr qint64 kLookAgainMs = 5'000;
constexpr qsizetype kScopesKept = 4'096;

/// The resolver of this machine, as a witness.
const Witness kResolver{NetworkScope::Loopback, {}, 0};

QString keyOf(const Witness &witness)
{
    return witness.host % u':' % QString::number(witness.port);
}

} // namespace

OwnNetwork::OwnNetwork(Clock &clock, const NetworkPaths &paths, AskWitness askWitness)
    : m_clock(clock), m_paths(paths), m_askWitness(std::move(askWitness)), m_lookAgain(clock.createAlarm())
{
    connect(m_lookAgain.get(), &Alarm::ringing, this, &OwnNetwork::lookAgain);
}

void OwnNetwork::setSettings(const NetworkSettings &settings)
{
    if (m_settings == settings)
        return;
    m_settings = settings;
    for (const auto scope : {NetworkScope::Lan, NetworkScope::Vpn, NetworkScope::Wan})
        if (place(scope).everHeard)
            getToKnow(scope);
}

void OwnNetwork::getToKnow(NetworkScope scope)
{
    for (const auto &witness : candidates(scope)) {
        m_askWitness(witness, [self = QPointer(this), witness](bool answered) {
            if (self && answered)
                self->m_heard.insert(keyOf(witness));
        });
    }
}

void OwnNetwork::ask(const Sample &failed, const Take &take)
{
    const NetworkPath path = m_paths.to(failed.address);
    if (path.scope == NetworkScope::Loopback)
        return take({});
    Place &at = place(path.scope);
    if (!path.broken.isEmpty()) {
        at.failedAddress = failed.address;
        setLost(at, path.broken);
        return take(path.broken);
    }
    at.failedAddress = failed.address;
    const bool unnamed = failed.outcome == Outcome::DnsTimeout;
    askRound(static_cast<std::size_t>(path.scope),
             [self = QPointer(this), unnamed, take](const QString &lost) {
                 if (!self || !lost.isEmpty() || !unnamed)
                     return take(lost);
                 self->askRound(kNaming, take);
             });
}

void OwnNetwork::askRound(std::size_t index, const Take &take)
{
    Place &at = m_places[index];
    if (m_clock.monotonicMs() < at.fineUntil)
        return take({});
    at.waiting.append(take);
    if (!at.asking)
        beginRound(index);
}

void OwnNetwork::beginRound(std::size_t index)
{
    Place &at = m_places[index];
    const auto witnesses = known(index);
    const int round = ++at.round;
    at.asking = true;
    at.open = static_cast<int>(witnesses.size());
    if (witnesses.isEmpty())
        return conclude(index, {});
    for (const auto &witness : witnesses) {
        m_askWitness(witness, [self = QPointer(this), index, round, witness](bool answered) {
            if (self)
                self->witnessAnswered(index, round, witness, answered);
        });
    }
}

void OwnNetwork::witnessAnswered(std::size_t index, int round, const Witness &witness, bool answered)
{
    Place &at = m_places[index];
    if (answered) {
        m_heard.insert(keyOf(witness));
        at.everHeard = true;
    }
    if (!at.asking || at.round != round)
        return;
    if (answered)
        return conclude(index, {});
    if (--at.open > 0)
        return;
    if (index == kNaming)
        return conclude(index, tr("The name server of this computer does not answer."));
    QStringList names;
    for (const auto &silent : known(index))
        names.append(silent.host);
    conclude(index,
             names.size() == 1
                 ? tr("This computer's own network is lost: %1 does not answer.").arg(names.first())
                 : tr("This computer's own network is lost: none of %1 answers.").arg(names.join(tr(", "))));
}

void OwnNetwork::noteAnswer(const QString &address)
{
    const auto known = m_scopes.constFind(address);
    NetworkScope scope = NetworkScope::Loopback;
    if (known != m_scopes.cend()) {
        scope = *known;
    } else {
        if (m_scopes.size() >= kScopesKept)
            m_scopes.clear();
        scope = m_paths.to(address).scope;
        m_scopes.insert(address, scope);
    }
    if (scope == NetworkScope::Loopback)
        return;
    Place &at = place(scope);
    if (!std::exchange(at.everHeard, true))
        getToKnow(scope);
    if (at.asking || !at.lost.isEmpty())
        conclude(static_cast<std::size_t>(scope), {});
}

void OwnNetwork::conclude(std::size_t index, const QString &lost)
{
    Place &at = m_places[index];
    at.asking = false;
    if (lost.isEmpty())
        at.fineUntil = m_clock.monotonicMs() + kFineHoldsMs;
    setLost(at, lost);
    // Those who wait may ask anew from their answer.
    const auto waiting = std::exchange(at.waiting, {});
    for (const auto &take : waiting)
        take(lost);
}

void OwnNetwork::setLost(Place &at, const QString &lost)
{
    if (!lost.isEmpty()) {
        at.fineUntil = 0;
        m_lookAgain->setAt(m_clock.monotonicMs() + kLookAgainMs);
    }
    if (at.lost == lost)
        return;
    if (at.lost.isEmpty() || lost.isEmpty()) {
        at.lostAt = lost.isEmpty() ? 0 : m_clock.utcMs();
        m_scopes.clear(); // routes may lead elsewhere now
    }
    const bool back = lost.isEmpty();
    at.lost = lost;
    Q_EMIT changed();
    // Another network may be there now, with another router.
    if (back && &at != &m_places[kNaming])
        getToKnow(static_cast<NetworkScope>(&at - m_places.data()));
}

void OwnNetwork::lookAgain()
{
    bool anyLost = false;
    for (std::size_t index = 0; index < m_places.size(); ++index) {
        Place &at = m_places[index];
        if (at.lost.isEmpty())
            continue;
        anyLost = true;
        const QString broken = index == kNaming ? QString() : m_paths.to(at.failedAddress).broken;
        if (!broken.isEmpty())
            setLost(at, broken);
        else if (!at.asking)
            beginRound(index);
    }
    if (anyLost)
        m_lookAgain->setAt(m_clock.monotonicMs() + kLookAgainMs);
}

QString OwnNetwork::lost() const
{
    // The nearest one explains the others.
    for (const auto scope : {NetworkScope::Lan, NetworkScope::Wan, NetworkScope::Vpn})
        if (const auto &at = m_places[static_cast<std::size_t>(scope)]; !at.lost.isEmpty())
            return at.lost;
    return m_places[kNaming].lost;
}

UtcMs OwnNetwork::lostAt() const
{
    UtcMs earliest = 0;
    for (const auto &at : m_places)
        if (at.lostAt != 0 && (earliest == 0 || at.lostAt < earliest))
            earliest = at.lostAt;
    return earliest;
}

QList<Witness> OwnNetwork::candidates(NetworkScope scope) const
{
    QList<Witness> all;
    for (const auto &witness : m_settings.witnesses)
        if (witness.scope == scope)
            all.append(witness);
    if (m_settings.usualWitnesses)
        all += usualWitnesses(scope, m_paths.gateways());
    return all;
}

QList<Witness> OwnNetwork::relied(NetworkScope scope) const
{
    const bool everHeard = m_places[static_cast<std::size_t>(scope)].everHeard;
    QList<Witness> all;
    for (const auto &witness : candidates(scope))
        if (m_heard.contains(keyOf(witness)) || (!everHeard && m_settings.witnesses.contains(witness)))
            all.append(witness);
    return all;
}

/// Whom to ask: those of the scope, or of the next one on the way there.
QList<Witness> OwnNetwork::known(std::size_t index) const
{
    if (index == kNaming)
        return {kResolver};
    const auto scope = static_cast<NetworkScope>(index);
    auto witnesses = relied(scope);
    if (witnesses.isEmpty() && scope == NetworkScope::Vpn)
        witnesses = relied(NetworkScope::Wan);
    if (witnesses.isEmpty() && scope != NetworkScope::Lan)
        witnesses = relied(NetworkScope::Lan);
    return witnesses;
}

} // namespace backwatch
