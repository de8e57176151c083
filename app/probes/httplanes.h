// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/httprun.h"

namespace backwatch {

/// The same check over IPv4 and over IPv6 at once. Where one fails beside one that answers, the answer is
/// Partial, with the figures of the good one.
class HttpLanes final : public CheckRun
{
public:
    HttpLanes(const HttpRun::Surroundings &surroundings, const ProbeRequest &request, UtcMs startedAt,
              Done done);

    void start() override;
    void cancel() override;

private:
    void laneDone(std::optional<CheckResult> &lane, CheckResult result);

    Done m_done;
    std::optional<CheckResult> m_ipv4Result;
    std::optional<CheckResult> m_ipv6Result;
    HttpRun m_ipv4;
    HttpRun m_ipv6;
};

/// What two lanes say together.
CheckResult mergedLanes(CheckResult ipv4, CheckResult ipv6);

/// One lane or two, as the check's family asks for. An address instead of a name has one family only.
std::unique_ptr<CheckRun> createHttpRun(const HttpRun::Surroundings &surroundings,
                                        const ProbeRequest &request, UtcMs startedAt, CheckRun::Done done);

} // namespace backwatch
