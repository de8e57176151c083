// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/probe.h"

#include <QHash>

#include <memory>

namespace backwatch {

class Clock;
struct DatabaseAnswer;

/// Logs in to databases with the drivers of Qt Sql. They block, so each login has a thread of its own, a
/// bounded number of them at once. The deadline holds in any case: a thread that hangs in its driver is left
/// to itself, and keeps its place until the driver lets go.
class DatabaseProbe final : public Probe
{
public:
    static constexpr int kThreads = 16;

    explicit DatabaseProbe(const Clock &clock);
    ~DatabaseProbe() override;

    void start(const ProbeRequest &request) override;
    void cancel(quint64 token) override;

private:
    struct Login;
    struct Mailbox;

    void beginNext();
    void begin(const std::shared_ptr<Login> &login);
    void lookForListener(quint64 token);
    void expired(quint64 token);
    void ended(quint64 token, const DatabaseAnswer &answer);
    void finish(quint64 token, const DatabaseAnswer &answer);

    const Clock &m_clock;
    std::shared_ptr<Mailbox> m_mailbox;
    QHash<quint64, std::shared_ptr<Login>> m_logins;
    QList<quint64> m_queue;
    int m_running = 0; ///< threads, those included that nobody waits for any more
};

} // namespace backwatch
