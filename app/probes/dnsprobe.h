// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/probe.h"

#include <memory>
#include <mutex>
#include <vector>

namespace backwatch {

class Clock;

/// Asks resolvers, in one thread of its own. Checks that are still under way when the probe is destroyed get
/// no answer.
class DnsProbe final : public Probe
{
    Q_OBJECT

public:
    explicit DnsProbe(const Clock &clock);
    ~DnsProbe() override;

    void start(const ProbeRequest &request) override;
    void cancel(quint64 token) override;

private:
    class Workshop;

    void collect(std::vector<ProbeAnswer> &answers); ///< called in the engine's thread
    Q_INVOKABLE void deliver();

    const Clock &m_clock;
    std::mutex m_mutex;
    QList<ProbeAnswer> m_answers; ///< guarded by m_mutex
    std::unique_ptr<Workshop> m_workshop;
};

} // namespace backwatch
