// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/hoptimes.h"

#include <algorithm>

namespace backwatch {

namespace {

/// Cuts the time of a hop into pieces from its begin on.
class Cutter
{
public:
    explicit Cutter(const HopTimes &hop) : m_hop(hop), m_end(sinceBegin(hop.end)) {}

    /// A phase that began; it lasts until the moment, or until the end when that was not reached.
    void cut(std::optional<microseconds> &phase, const std::optional<HopTimes::Moment> &until)
    {
        const microseconds to = until ? std::clamp(sinceBegin(*until), m_last, m_end) : m_end;
        phase = phase.value_or(microseconds(0)) + (to - m_last);
        m_last = to;
    }
    microseconds end() const { return m_end; }

private:
    microseconds sinceBegin(HopTimes::Moment moment) const
    {
        return std::max(std::chrono::floor<microseconds>(moment - m_hop.begin), microseconds(0));
    }

    const HopTimes &m_hop;
    microseconds m_last{0};
    microseconds m_end;
};

} // namespace

void addHop(Phases &phases, const HopTimes &hop)
{
    // A hop of which nothing happened (cancelled before it began) takes no time.
    if (!hop.naming && !hop.connecting)
        return;
    constexpr std::optional<HopTimes::Moment> kEnd;
    const bool tls = hop.connecting && hop.connected && hop.secure;
    const bool sending = hop.connecting && hop.connected && hop.ready && hop.talks;
    // A server may answer before it has read the whole request.
    const auto sent = hop.sent ? hop.sent : hop.firstByte;

    Cutter cutter(hop);
    if (hop.naming)
        cutter.cut(phases.dns, hop.connecting ? hop.named : kEnd);
    if (hop.connecting)
        cutter.cut(phases.connect, tls || sending ? hop.connected : kEnd);
    if (tls)
        cutter.cut(phases.tls, sending ? hop.ready : kEnd);
    if (sending && hop.asks)
        cutter.cut(phases.send, sent);
    if (sending && sent)
        cutter.cut(phases.wait, hop.firstByte);
    if (sending && sent && hop.firstByte)
        cutter.cut(phases.receive, kEnd);
    phases.total += cutter.end();
}

} // namespace backwatch
