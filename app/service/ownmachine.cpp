// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/ownmachine.h"

#include "app/secrets/secretstore.h"

namespace backwatch {

namespace {

/// Whether somebody at the other end said something, be it bad.
bool hasAnswered(const Sample &sample)
{
    return !sample.address.isEmpty() && !mayBeOwnNetwork(sample.outcome) &&
           judgementOf(sample.outcome) != Judgement::Neutral;
}

} // namespace

OwnMachine::OwnMachine(Clock &clock, Probe &probes, SecretStore &secrets, const NetworkPaths &paths)
    : m_secrets(secrets)
    , m_resolver(secrets)
    , m_questions(probes)
    , m_network(clock, paths, [this](const Witness &witness, const std::function<void(bool)> &take) {
        m_questions.ask(witness, take);
    })
{
    connect(&m_network, &OwnNetwork::changed, this, &OwnMachine::changed);
    connect(&m_secrets, &SecretStore::stateChanged, this, &OwnMachine::changed);
}

CheckRunner::FindSecrets OwnMachine::findSecrets()
{
    return [this](const QStringList &names, const SecretResolver::Take &take) {
        m_resolver.resolve(names, this, take);
    };
}

void OwnMachine::serve(CheckRunner &runner)
{
    runner.setFindSecrets(findSecrets());
    runner.setAskOwnNetwork(
        [this](const Sample &failed, const OwnNetwork::Take &take) { m_network.ask(failed, take); });
    connect(&runner, &CheckRunner::checked, this,
            [this](MonitorId, const CheckResult &result) { onChecked(result); });
}

void OwnMachine::onChecked(const CheckResult &result)
{
    if (hasAnswered(result.sample))
        m_network.noteAnswer(result.sample.address);
}

void OwnMachine::report(WatchHealth &health) const
{
    health.ownNetworkFault = m_network.lost();
    health.ownNetworkLostAt = m_network.lostAt();
    const auto state = m_secrets.state();
    if (state == SecretStore::State::Locked || state == SecretStore::State::Absent)
        health.secretsTrouble = m_secrets.trouble();
}

} // namespace backwatch
