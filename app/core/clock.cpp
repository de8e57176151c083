// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"

#include <QDateTime>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <limits>

namespace backwatch {

namespace {

class TimerAlarm final : public Alarm
{
public:
    explicit TimerAlarm(const SystemClock &clock) : m_clock(clock)
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &Alarm::ringing);
    }

    void setAt(qint64 monotonicMs) override
    {
        constexpr qint64 kLongest = std::numeric_limits<int>::max();
        m_timer.start(static_cast<int>(std::clamp<qint64>(monotonicMs - m_clock.monotonicMs(), 0, kLongest)));
    }

    void cancel() override { m_timer.stop(); }

private:
    const SystemClock &m_clock;
    QTimer m_timer;
};

} // namespace

UtcMs SystemClock::utcMs() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

qint64 SystemClock::monotonicMs() const
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

std::unique_ptr<Alarm> SystemClock::createAlarm()
{
    return std::make_unique<TimerAlarm>(*this);
}

} // namespace backwatch
