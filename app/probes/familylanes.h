// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/serveraddress.h"
#include "app/probes/checkrun.h"

#include <memory>
#include <optional>

namespace backwatch {

/// The same check over IPv4 and over IPv6 at once. Where one fails beside one that answers, the answer is
/// Partial, with the figures of the good one.
class FamilyLanes final : public CheckRun
{
public:
    using MakeLane = std::function<std::unique_ptr<CheckRun>(AddressFamily family, Done done)>;

    FamilyLanes(const MakeLane &make, Done done);

    void start() override;
    void cancel() override;

private:
    void laneDone(std::optional<CheckResult> &lane, CheckResult result);

    Done m_done;
    std::optional<CheckResult> m_ipv4Result;
    std::optional<CheckResult> m_ipv6Result;
    std::unique_ptr<CheckRun> m_ipv4;
    std::unique_ptr<CheckRun> m_ipv6;
};

/// What two lanes say together.
CheckResult mergedLanes(CheckResult ipv4, CheckResult ipv6);

} // namespace backwatch
