// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"

#include <QObject>

#include <optional>

namespace backwatch {

/// Notices that nobody watched for a while: this machine slept, it or this program stood still, or the wall
/// clock was set forward. systemd-logind says when it goes to sleep and wakes; everything else shows by a
/// clock that is looked at every second. Main thread.
class SleepWatch : public QObject
{
    Q_OBJECT

public:
    /// Looks at the clock, which must outlive it; logind is listened to from listenToLogind() on.
    explicit SleepWatch(Clock &clock);

    /// Best effort: without a system bus the clocks tell it too, a second later.
    void listenToLogind();

public Q_SLOTS:
    /// As logind says it: true before the machine sleeps, false after it woke.
    void prepareForSleep(bool sleeping);

Q_SIGNALS:
    /// What begins now may be cut off.
    void fallingAsleep();
    /// Between these moments nobody watched. The first is the last one at which all was well.
    void slept(backwatch::UtcMs from, backwatch::UtcMs to);

private:
    void look();
    void remember();

    Clock &m_clock;
    std::unique_ptr<Alarm> m_tick;
    UtcMs m_wall = 0;
    qint64 m_monotonic = 0;
    std::optional<UtcMs> m_sleepsSince;
};

} // namespace backwatch
