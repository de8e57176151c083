// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/probe.h"
#include "app/probes/pushreceiver.h"
#include "app/probes/verdict.h"

namespace backwatch {

/// Judges what a job has reported; asks nobody.
class PushProbe final : public Probe
{
    Q_OBJECT

public:
    PushProbe(const Clock &clock, quint16 port);

    void start(const ProbeRequest &request) override;
    /// Every check is answered as soon as the event loop turns.
    void cancel(quint64) override {}

    PushReceiver &receiver() { return m_receiver; }

private:
    Verdict judge(const ProbeRequest &request, Phases &phases);

    const Clock &m_clock;
    PushReceiver m_receiver;
};

} // namespace backwatch
