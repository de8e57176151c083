// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeclock.h"

#include <optional>

namespace backwatch {

class FakeAlarm final : public Alarm
{
public:
    explicit FakeAlarm(FakeClock &clock) : m_clock(clock) { m_clock.m_alarms.append(this); }
    ~FakeAlarm() override { m_clock.m_alarms.removeOne(this); }

    void setAt(qint64 monotonicMs) override { m_at = monotonicMs; }
    void cancel() override { m_at.reset(); }

    std::optional<qint64> at() const { return m_at; }
    void ring()
    {
        m_at.reset();
        Q_EMIT ringing();
    }

private:
    FakeClock &m_clock;
    std::optional<qint64> m_at;
};

std::unique_ptr<Alarm> FakeClock::createAlarm()
{
    return std::make_unique<FakeAlarm>(*this);
}

void FakeClock::advance(qint64 ms)
{
    const qint64 end = m_monotonic + ms;
    for (;;) {
        FakeAlarm *next = nullptr;
        for (auto *alarm : m_alarms)
            if (alarm->at() && *alarm->at() <= end && (!next || *alarm->at() < *next->at()))
                next = alarm;
        if (!next)
            break;
        const qint64 step = qMax<qint64>(0, *next->at() - m_monotonic);
        m_monotonic += step;
        m_utc += step;
        next->ring();
    }
    m_utc += end - m_monotonic;
    m_monotonic = end;
}

} // namespace backwatch
