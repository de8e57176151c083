// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/recentsamples.h"

namespace backwatch {

namespace {

bool failed(const StoredSample &sample)
{
    return judgementOf(sample.sample.outcome) == Judgement::Failed;
}

} // namespace

void RecentSamples::add(const StoredSample &sample)
{
    const qint64 slot = sample.sample.startedAt / kSlotMs;
    if (m_samples.isEmpty() || m_samples.last().sample.startedAt / kSlotMs != slot)
        m_samples.append(sample);
    else if (failed(sample) || !failed(m_samples.last()))
        m_samples.last() = sample;
    while (m_samples.first().sample.startedAt < sample.sample.startedAt - kSpanMs)
        m_samples.removeFirst();
}

} // namespace backwatch
