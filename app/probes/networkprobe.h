// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/nameresolver.h"
#include "app/probes/probe.h"
#include "app/probes/proberegistry.h"
#include "app/probes/systemproxy.h"

#include <mutex>
#include <vector>

namespace backwatch {

/// Makes every check that asks something of another machine in one thread of its own: HTTP, plain
/// connections, DNS, pings. A name is looked up anew at most once a minute; a connection is made anew for
/// each check.
///
/// Checks that are still under way when the probe is destroyed get no answer.
class NetworkProbe final : public Probe
{
    Q_OBJECT

public:
    explicit NetworkProbe(const Clock &clock, const ProbeSettings &settings = {},
                          NameLookup lookup = &lookUpName);
    ~NetworkProbe() override;

    void start(const ProbeRequest &request) override;
    void cancel(quint64 token) override;

private:
    class Workshop;

    void collect(std::vector<ProbeAnswer> &answers); ///< called in the engine's thread
    Q_INVOKABLE void deliver();

    const Clock &m_clock;
    SystemProxy m_systemProxy;
    std::mutex m_mutex;
    QList<ProbeAnswer> m_answers; ///< guarded by m_mutex
    std::unique_ptr<Workshop> m_workshop;
};

} // namespace backwatch
