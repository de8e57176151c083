// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/timestamp.h"

#include <QObject>

#include <memory>

namespace backwatch {

/// Calls back once at a moment of its clock. Lives in the thread that made it.
class Alarm : public QObject
{
    Q_OBJECT

public:
    /// Replaces what was set before; a moment that has passed rings as soon as the event loop turns.
    virtual void setAt(qint64 monotonicMs) = 0;
    virtual void cancel() = 0;

Q_SIGNALS:
    void ringing();
};

/// Where time comes from. Injected, so that a test can move it.
class Clock
{
public:
    virtual ~Clock() = default;

    virtual UtcMs utcMs() const = 0;
    /// Milliseconds that only ever grow; stands still while the machine sleeps.
    virtual qint64 monotonicMs() const = 0;
    virtual std::unique_ptr<Alarm> createAlarm() = 0;
};

/// The machine's own clock. utcMs() and monotonicMs() may be called from any thread.
class SystemClock final : public Clock
{
public:
    UtcMs utcMs() const override;
    qint64 monotonicMs() const override;
    std::unique_ptr<Alarm> createAlarm() override;
};

} // namespace backwatch
