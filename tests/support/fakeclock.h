// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"

#include <QList>

#include <atomic>

namespace backwatch {

class FakeAlarm;

/// A clock that stands still until a test moves it. Alarms ring inside advance(), in order of their moments.
/// Like the machine's own, it may be read from any thread.
class FakeClock final : public Clock
{
public:
    explicit FakeClock(UtcMs start = 1'790'000'000'000) : m_utc(start) {}

    UtcMs utcMs() const override { return m_utc; }
    qint64 monotonicMs() const override { return m_monotonic; }
    std::unique_ptr<Alarm> createAlarm() override;

    void advance(qint64 ms);
    /// Time passes, but nothing in this thread gets a turn: alarms stay silent until the next advance().
    void stall(qint64 ms)
    {
        m_utc += ms;
        m_monotonic += ms;
    }
    /// Moves the wall clock alone, as an admin or NTP does.
    void jumpUtc(qint64 ms) { m_utc += ms; }

private:
    friend class FakeAlarm;

    std::atomic<UtcMs> m_utc;
    std::atomic<qint64> m_monotonic = 1'000;
    QList<FakeAlarm *> m_alarms;
};

} // namespace backwatch
