// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/schedule/ownnetwork.h"
#include "app/service/checkrunner.h"
#include "app/service/secretresolver.h"
#include "app/service/watch.h"
#include "app/service/witnessquestions.h"

namespace backwatch {

/// What checks need of the machine that they run on: its keychain before they start, and its network when
/// they fail. Main thread.
class OwnMachine : public QObject
{
    Q_OBJECT

public:
    /// All of them must outlive it.
    OwnMachine(Clock &clock, Probe &probes, SecretStore &secrets, const NetworkPaths &paths);

    /// Has that runner ask here. It must not be told of anything after this object's end.
    void serve(CheckRunner &runner);
    /// For others who ask the same targets.
    CheckRunner::FindSecrets findSecrets();
    void setSettings(const NetworkSettings &settings) { m_network.setSettings(settings); }
    /// What a screen says of this machine.
    void report(WatchHealth &health) const;

Q_SIGNALS:
    void changed(); ///< report()

private:
    void onChecked(const CheckResult &result);

    SecretStore &m_secrets;
    SecretResolver m_resolver;
    WitnessQuestions m_questions;
    OwnNetwork m_network;
};

} // namespace backwatch
