// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"
#include "app/diagnosis/cause.h"

#include <QStringList>

namespace backwatch {

/// What one intermediary says of itself by RFC 9209. It can be forged or stripped like any other field.
struct ProxyStatus
{
    QString proxy;
    QString error;          ///< its registered type such as "connection_refused"; empty: none
    int receivedStatus = 0; ///< what the next hop answered; 0: not said
    QString nextHop;
    QString details;

    bool operator==(const ProxyStatus &) const = default;
};

/// How one cache dealt with the request, by RFC 9211.
struct CacheStatus
{
    QString cache;
    bool hit = false;
    QString forward;       ///< why it asked further: "uri-miss", "stale", …; empty: not said
    int forwardStatus = 0; ///< what came back from there; 0: not said
    QString detail;

    bool operator==(const CacheStatus &) const = default;
};

/// Time that a part of the server says it took.
struct ServerTiming
{
    QString name;
    double durationMs = 0;
    QString description;

    bool operator==(const ServerTiming &) const = default;
};

/// A problem that an application describes by RFC 9457.
struct ProblemDetails
{
    QString type; ///< an address; "about:blank" when it says no more than the status does
    QString title;
    QString detail;
    int status = 0;

    bool operator==(const ProblemDetails &) const = default;
};

/// What the fields with a standard say, whoever wrote them.
struct StandardSignals
{
    QList<ProxyStatus> proxyStatus; ///< as in the field: nearest to the origin first
    QList<CacheStatus> cacheStatus; ///< likewise
    QStringList via;                ///< members, outermost hop first
    std::optional<std::chrono::seconds> retryAfter;
    std::optional<std::chrono::seconds> age;
    QList<ServerTiming> serverTiming;
    std::optional<ProblemDetails> problem;

    /// The proxy that says that it made the answer itself; null when there is none or a hop passed it on.
    const ProxyStatus *maker() const;
    /// A cache says that the answer came out of its store.
    bool isStored() const;

    bool operator==(const StandardSignals &) const = default;
};

StandardSignals standardSignals(const Exchange &exchange);

/// The cause that an error type of RFC 9209 stands for; none for a type that says nothing about it.
std::optional<CauseKind> causeOfProxyError(QStringView type);

} // namespace backwatch
