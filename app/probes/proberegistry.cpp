// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/proberegistry.h"

#include "app/core/clock.h"
#include "app/probes/databaseprobe.h"
#include "app/probes/networkprobe.h"
#include "app/probes/pushprobe.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

/// Answers for kinds that nobody knows how to ask.
class UnknownProbe final : public Probe
{
public:
    explicit UnknownProbe(const Clock &clock) : m_clock(clock) {}

    void start(const ProbeRequest &request) override
    {
        ProbeAnswer answer;
        answer.token = request.token;
        answer.result.sample.monitor = request.monitor;
        answer.result.sample.startedAt = m_clock.utcMs();
        answer.result.sample.detail =
            QCoreApplication::translate("Probe", "Checks of the kind “%1” cannot be made by themselves.")
                .arg(checkKind(request.check));
        QMetaObject::invokeMethod(
            this, [this, answer] { Q_EMIT answered({answer}); }, Qt::QueuedConnection);
    }
    void cancel(quint64) override {}

private:
    const Clock &m_clock;
};

/// Hands each request to the probe that knows its protocol.
class AllProbes final : public Probe
{
public:
    AllProbes(const Clock &clock, const ProbeSettings &settings)
        : m_network(clock, settings), m_logins(clock), m_push(clock, settings.pushPort), m_none(clock)
    {
        for (Probe *probe : std::initializer_list<Probe *>{&m_network, &m_logins, &m_push, &m_none})
            connect(probe, &Probe::answered, this, &Probe::answered);
    }

    void start(const ProbeRequest &request) override
    {
        std::visit([&](const auto &check) { probeFor(check).start(request); }, request.check);
    }

    /// The others answer as soon as the event loop turns.
    void cancel(quint64 token) override
    {
        m_network.cancel(token);
        m_logins.cancel(token);
    }

private:
    /// A greeting is a connection like others; a login is the database's own driver's affair.
    Probe &probeFor(const DatabaseCheck &check)
    {
        if (check.user.isEmpty())
            return m_network;
        return m_logins;
    }
    Probe &probeFor(const PushCheck &) { return m_push; }
    Probe &probeFor(const GroupCheck &) { return m_none; }
    template <typename Check>
    Probe &probeFor(const Check &)
    {
        return m_network;
    }

    NetworkProbe m_network;
    DatabaseProbe m_logins;
    PushProbe m_push;
    UnknownProbe m_none;
};

} // namespace

std::unique_ptr<Probe> createProbes(const Clock &clock, const ProbeSettings &settings)
{
    return std::make_unique<AllProbes>(clock, settings);
}

} // namespace backwatch
