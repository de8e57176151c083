// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/familylanes.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

struct FamilyLanesText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::FamilyLanes)
};

bool answered(const CheckResult &result)
{
    const Judgement judgement = judgementOf(result.sample.outcome);
    return judgement == Judgement::Good || judgement == Judgement::Degraded;
}

bool saysNothing(const CheckResult &result)
{
    return judgementOf(result.sample.outcome) == Judgement::Neutral;
}

CheckResult partial(CheckResult good, const QString &sentence)
{
    good.sample.outcome = Outcome::Partial;
    good.sample.detail = sentence;
    if (good.exchange) {
        auto exchange = std::make_shared<Exchange>(*good.exchange);
        exchange->outcome = Outcome::Partial;
        exchange->detail = sentence;
        good.exchange = std::move(exchange);
    }
    return good;
}

} // namespace

CheckResult mergedLanes(CheckResult ipv4, CheckResult ipv6)
{
    if (ipv4.sample.outcome == Outcome::Cancelled)
        return ipv4;
    if (ipv6.sample.outcome == Outcome::Cancelled)
        return ipv6;
    if (saysNothing(ipv4) || saysNothing(ipv6))
        return saysNothing(ipv6) ? ipv4 : ipv6;
    if (answered(ipv4) && answered(ipv6)) {
        const bool worse = judgementOf(ipv6.sample.outcome) == Judgement::Degraded &&
                           judgementOf(ipv4.sample.outcome) == Judgement::Good;
        return worse ? ipv6 : ipv4;
    }
    if (answered(ipv4))
        return partial(ipv4, FamilyLanesText::tr("%1 over IPv4, but IPv6 fails: %2")
                                 .arg(ipv4.sample.detail, ipv6.sample.detail));
    if (answered(ipv6))
        return partial(ipv6, FamilyLanesText::tr("%1 over IPv6, but IPv4 fails: %2")
                                 .arg(ipv6.sample.detail, ipv4.sample.detail));
    return ipv4;
}

FamilyLanes::FamilyLanes(const MakeLane &make, Done done)
    : m_done(std::move(done))
    , m_ipv4(make(AddressFamily::Ipv4,
                  [this](CheckResult result) { laneDone(m_ipv4Result, std::move(result)); }))
    , m_ipv6(make(AddressFamily::Ipv6,
                  [this](CheckResult result) { laneDone(m_ipv6Result, std::move(result)); }))
{
}

void FamilyLanes::start()
{
    m_ipv4->start();
    m_ipv6->start();
}

void FamilyLanes::cancel()
{
    m_ipv4->cancel();
    m_ipv6->cancel();
}

void FamilyLanes::laneDone(std::optional<CheckResult> &lane, CheckResult result)
{
    lane = std::move(result);
    if (m_ipv4Result && m_ipv6Result)
        m_done(mergedLanes(std::move(*m_ipv4Result), std::move(*m_ipv6Result)));
}

} // namespace backwatch
