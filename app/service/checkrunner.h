// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/result.h"
#include "app/probes/probe.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace backwatch {

/// Makes one check of a monitor from its configuration to an answer that may be judged: fills the secrets in,
/// asks the probe, and where the target did not answer asks whether this machine's own network is there.
/// Every start() leads to exactly one checked(), unless discard() comes first.
class CheckRunner : public QObject
{
    Q_OBJECT

public:
    /// Calls back once, at once where it can: the values by name, or why they cannot be had.
    using FindSecrets =
        std::function<void(const QStringList &, std::function<void(Result<QHash<QString, QString>>)>)>;
    /// Calls back once: empty, or a sentence on what of this machine's own network is gone.
    using AskOwnNetwork = std::function<void(const Sample &, std::function<void(QString)>)>;

    /// Clock and probes must outlive it.
    CheckRunner(Clock &clock, Probe &probes);

    void setFindSecrets(FindSecrets find) { m_findSecrets = std::move(find); }
    void setAskOwnNetwork(AskOwnNetwork ask) { m_askOwnNetwork = std::move(ask); }

    void start(const Monitor &monitor);
    /// Gives all checks under way up; nothing is heard of them any more. The ids of their monitors.
    QList<MonitorId> discard();

    /// By how much the oldest answer that is still awaited is later than it may be; 0 when all is in time.
    milliseconds overdueBy() const;

Q_SIGNALS:
    void checked(backwatch::MonitorId id, const backwatch::CheckResult &result);

private:
    struct UnderWay
    {
        MonitorId monitor = 0;
        qint64 deadline = 0;  ///< monotonic ms by which the answer has to be here
        bool isAsked = false; ///< the probe has it
    };

    void waitForSecrets(quint64 token, const Monitor &monitor, const QStringList &names);
    void endWaitingForSecrets();
    void ask(quint64 token, const Monitor &monitor);
    void onAnswered(const QList<ProbeAnswer> &answers);
    void finish(quint64 token, const CheckResult &result);
    void failWithout(quint64 token, const QString &sentence);

    Clock &m_clock;
    Probe &m_probes;
    FindSecrets m_findSecrets;
    AskOwnNetwork m_askOwnNetwork;
    QHash<quint64, UnderWay> m_underWay;
    std::unique_ptr<Alarm> m_patience; ///< rings when secrets may have been waited for long enough
    quint64 m_lastToken = 0;
};

/// Whether a failure like this may be this machine's own network's.
bool mayBeOwnNetwork(Outcome outcome);

} // namespace backwatch
