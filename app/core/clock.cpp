// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"

#include <QDateTime>
#include <QSocketNotifier>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <limits>

#ifdef Q_OS_LINUX
#include <sys/timerfd.h>
#include <unistd.h>
#endif

namespace backwatch {

namespace {

#ifdef Q_OS_LINUX
/// Rings at the very moment. A QTimer counts whole milliseconds from now on, and so is half a one late as a
/// rule, which is more than all else between a check that is due and its connection.
class PreciseAlarm final : public Alarm
{
public:
    static std::unique_ptr<Alarm> create()
    {
        const int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
        return timer < 0 ? nullptr : std::unique_ptr<Alarm>(new PreciseAlarm(timer));
    }

    ~PreciseAlarm() override
    {
        m_notifier.setEnabled(false);
        ::close(m_timer);
    }

    void setAt(qint64 monotonicMs) override
    {
        // All zeros would switch it off.
        set({std::max<qint64>(monotonicMs, 0) / 1'000,
             std::max<qint64>(monotonicMs, 0) % 1'000 * 1'000'000 + 1});
    }

    void cancel() override { set({}); }

private:
    explicit PreciseAlarm(int timer) : m_timer(timer), m_notifier(timer, QSocketNotifier::Read)
    {
        connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
            quint64 times = 0;
            // Nothing to read: it was set anew after it rang and before this was heard of.
            if (::read(m_timer, &times, sizeof times) == sizeof times)
                Q_EMIT ringing();
        });
    }

    void set(timespec moment)
    {
        const itimerspec setting{{}, moment};
        ::timerfd_settime(m_timer, TFD_TIMER_ABSTIME, &setting, nullptr);
    }

    int m_timer;
    QSocketNotifier m_notifier;
};
#endif

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
#ifdef Q_OS_LINUX
    if (auto alarm = PreciseAlarm::create())
        return alarm;
#endif
    return std::make_unique<TimerAlarm>(*this);
}

} // namespace backwatch
