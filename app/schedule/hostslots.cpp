// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/hostslots.h"

#include <algorithm>

namespace backwatch {

bool HostSlots::take(Host &host, MonitorId id, const QString &name, qint64 now)
{
    while (!host.begun.isEmpty() && now - host.begun.first().at >= kTakesPlaceMs)
        m_hostOf.remove(host.begun.takeFirst().id);
    if (m_limit > 0 && host.begun.size() >= m_limit)
        return false;
    host.begun.append({id, now});
    m_hostOf.insert(id, name);
    return true;
}

bool HostSlots::begin(MonitorId id, const QString &host, qint64 now)
{
    if (host.isEmpty() || m_limit <= 0)
        return true;
    Host &at = m_hosts[host];
    if (at.line.isEmpty() && take(at, id, host, now))
        return true;
    if (at.line.isEmpty())
        m_withLine.append(host);
    at.line.enqueue(id);
    return false;
}

void HostSlots::finished(MonitorId id)
{
    const QString name = m_hostOf.take(id);
    const auto host = m_hosts.find(name);
    if (name.isEmpty() || host == m_hosts.end())
        return;
    const auto same = [id](const Begun &begun) { return begun.id == id; };
    host->begun.erase(std::remove_if(host->begun.begin(), host->begun.end(), same), host->begun.end());
    if (host->begun.isEmpty() && host->line.isEmpty())
        m_hosts.erase(host);
}

QList<MonitorId> HostSlots::next(qint64 now)
{
    QList<MonitorId> ids;
    for (qsizetype i = 0; i < m_withLine.size();) {
        const QString name = m_withLine.at(i);
        Host &host = m_hosts[name];
        while (!host.line.isEmpty() && take(host, host.line.first(), name, now))
            ids.append(host.line.dequeue());
        if (host.line.isEmpty())
            m_withLine.removeAt(i);
        else
            ++i;
    }
    return ids;
}

std::optional<qint64> HostSlots::nextFree() const
{
    std::optional<qint64> earliest;
    for (const auto &name : m_withLine) {
        const auto host = m_hosts.constFind(name);
        if (host == m_hosts.cend() || host->line.isEmpty())
            continue;
        // Nobody takes a place where the limit was raised meanwhile: at once.
        const qint64 at = host->begun.isEmpty() ? 0 : host->begun.first().at + kTakesPlaceMs;
        earliest = std::min(earliest.value_or(at), at);
    }
    return earliest;
}

void HostSlots::leave(MonitorId id, const QString &host)
{
    if (const auto at = m_hosts.find(host); at != m_hosts.end())
        at->line.removeAll(id);
}

} // namespace backwatch
