// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/sleepwatch.h"

#include <QDBusConnection>

#include <algorithm>
#include <utility>

namespace backwatch {

namespace {

constexpr qint64 kLookEveryMs = 1'000;
/// A wall clock that runs ahead by more within a second was set, or the machine slept.
constexpr qint64 kJumpMs = 5'000;
/// This program got no turn for so long: stopped, or a virtual machine that was paused.
constexpr qint64 kStalledMs = 15'000;

} // namespace

SleepWatch::SleepWatch(Clock &clock) : m_clock(clock), m_tick(clock.createAlarm())
{
    connect(m_tick.get(), &Alarm::ringing, this, &SleepWatch::look);
    remember();
}

void SleepWatch::listenToLogind()
{
    QDBusConnection::systemBus().connect(
        QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("PrepareForSleep"), this,
        SLOT(prepareForSleep(bool)));
}

void SleepWatch::prepareForSleep(bool sleeping)
{
    if (sleeping) {
        m_sleepsSince = m_clock.utcMs();
        Q_EMIT fallingAsleep();
        return;
    }
    if (!m_sleepsSince)
        return look(); // the clock told it already, or will now
    const UtcMs from = *std::exchange(m_sleepsSince, std::nullopt);
    remember();
    Q_EMIT slept(from, std::max(from, m_wall));
}

void SleepWatch::look()
{
    const qint64 wall = m_clock.utcMs() - m_wall;
    const qint64 passed = m_clock.monotonicMs() - m_monotonic;
    const UtcMs from = m_sleepsSince.value_or(m_wall);
    remember();
    if (wall - passed <= kJumpMs && passed <= kStalledMs)
        return;
    m_sleepsSince.reset();
    Q_EMIT slept(from, std::max(from, m_wall));
}

void SleepWatch::remember()
{
    m_wall = m_clock.utcMs();
    m_monotonic = m_clock.monotonicMs();
    m_tick->setAt(m_monotonic + kLookEveryMs);
}

} // namespace backwatch
