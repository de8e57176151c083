// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"

#include <QHash>
#include <QList>
#include <QQueue>

#include <optional>

namespace backwatch {

/// How many checks may be begun at one host at once. A check takes a place for as long as an answer can be
/// expected of a host that works, half a second; one that hangs longer keeps nobody else waiting. What finds
/// no place stands in line at its host, so that no other host's checks wait behind it.
class HostSlots
{
public:
    /// How long a check that does not end takes its place.
    static constexpr qint64 kTakesPlaceMs = 500;

    /// 0: no limit.
    void setLimit(int limit) { m_limit = limit; }

    /// Whether the check may begin now; otherwise it stands in line and next() will give it out. Without a
    /// host it always may.
    bool begin(MonitorId id, const QString &host, qint64 now);
    void finished(MonitorId id);
    /// Takes the ids out of their lines that may begin now. They count as begun.
    QList<MonitorId> next(qint64 now);
    bool anyInLine() const { return !m_withLine.isEmpty(); }
    /// When a place becomes free by time alone for somebody in line; nothing while nobody stands in line.
    std::optional<qint64> nextFree() const;
    /// Leaves the line, where it stands in one.
    void leave(MonitorId id, const QString &host);

private:
    struct Begun
    {
        MonitorId id = 0;
        qint64 at = 0;
    };
    struct Host
    {
        QList<Begun> begun; ///< those that take a place, oldest first
        QQueue<MonitorId> line;
    };

    bool take(Host &host, MonitorId id, const QString &name, qint64 now);

    int m_limit = 0;
    QHash<QString, Host> m_hosts;
    QHash<MonitorId, QString> m_hostOf; ///< of those that have begun
    QList<QString> m_withLine;
};

} // namespace backwatch
