// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/probe.h"

namespace backwatch {

/// A probe that answers what and when the test says.
class FakeProbe final : public Probe
{
    Q_OBJECT

public:
    void start(const ProbeRequest &request) override { requests.append(request); }
    void cancel(quint64 token) override
    {
        Sample sample;
        sample.outcome = Outcome::Cancelled;
        answer(token, sample, nullptr);
    }

    /// Answers every request under way with this; monitor and start are filled in.
    void answerAll(Sample sample, UtcMs at, const ExchangePtr &exchange = nullptr)
    {
        QList<ProbeAnswer> answers;
        for (const auto &request : std::as_const(requests)) {
            sample.monitor = request.monitor;
            sample.startedAt = at;
            answers.append({request.token, {sample, exchange}});
        }
        requests.clear();
        if (!answers.isEmpty())
            Q_EMIT answered(answers);
    }

    /// Answers one of them.
    void answer(quint64 token, MonitorId monitor, Sample sample, UtcMs at)
    {
        sample.monitor = monitor;
        sample.startedAt = at;
        answer(token, sample, nullptr);
    }

    QList<ProbeRequest> requests; ///< started and not answered

private:
    void answer(quint64 token, const Sample &sample, const ExchangePtr &exchange)
    {
        requests.removeIf([token](const ProbeRequest &request) { return request.token == token; });
        Q_EMIT answered({{token, {sample, exchange}}});
    }
};

} // namespace backwatch
