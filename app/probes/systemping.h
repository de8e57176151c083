// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <sys/types.h>

namespace backwatch {

/// The system's own `ping` program, for where this one may not send pings itself. It may be set-user-ID or
/// carry CAP_NET_RAW.
class SystemPing
{
public:
    SystemPing() = default;
    /// Ends the program where it still runs.
    ~SystemPing();
    SystemPing(const SystemPing &) = delete;
    SystemPing &operator=(const SystemPing &) = delete;

    /// @param address a numeric one; it is an argument of its own, no shell sees it
    /// @param patience how long ping itself waits for answers after the last request
    /// @return false when there is no such program
    bool start(const QByteArray &address, int count, milliseconds patience);
    /// Where its output can be read without blocking; -1 when it does not run.
    int descriptor() const { return m_output; }
    /// Takes in what it said meanwhile; false when it has ended.
    bool read();
    QByteArrayView said() const { return m_said; }

private:
    pid_t m_pid = 0;
    int m_output = -1;
    QByteArray m_said; ///< bounded
};

/// The round trips that ping tells of, in the form that iputils, BusyBox and inetutils share
/// ("… time=0.045 ms").
QList<microseconds> roundTripsIn(QByteArrayView said);

} // namespace backwatch
