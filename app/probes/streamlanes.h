// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/streamrun.h"

namespace backwatch {

/// The same check over IPv4 and over IPv6 at once, as HttpLanes does it.
class StreamLanes final : public CheckRun
{
public:
    StreamLanes(const StreamRun::Surroundings &surroundings, const ProbeRequest &request, UtcMs startedAt,
                Done done);

    void start() override;
    void cancel() override;

private:
    void laneDone(std::optional<CheckResult> &lane, CheckResult result);

    Done m_done;
    std::optional<CheckResult> m_ipv4Result;
    std::optional<CheckResult> m_ipv6Result;
    StreamRun m_ipv4;
    StreamRun m_ipv6;
};

} // namespace backwatch
