// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/checkrun.h"
#include "app/probes/httprequest.h"
#include "app/probes/httptransfer.h"
#include "app/probes/nameresolver.h"
#include "app/probes/probe.h"

namespace backwatch {

/// One HTTP check from its start to its answer, over all redirects, within one timeout. Lives in the engine's
/// thread.
class HttpRun final : public CheckRun
{
public:
    struct Surroundings
    {
        HttpTools tools;
        NameResolver &names;
        QByteArray userAgent;
    };

    static constexpr int kRedirects = 10;

    HttpRun(const Surroundings &surroundings, ProbeRequest request, UtcMs startedAt, Done done);
    ~HttpRun() override;

    void start() override;
    void cancel() override;

private:
    using WithAddresses = std::function<void(const QByteArrayList &)>;

    void startHop();
    bool findTrust();
    QByteArray sessionKey();
    /// Goes on with the addresses of a host, or finishes the check.
    void lookUp(const QString &host, AddressFamily family, WithAddresses next);
    void named(const NameAnswer &answer, const WithAddresses &next);
    void lookUpTarget();
    void connectTo(const QByteArrayList &addresses);
    void transferDone();
    void endFlood();
    void shakeHandsAnew();
    void expired();
    void follow();
    void judge();
    void finish(const Verdict &verdict, Moment end);
    void fillAnswer(Exchange &exchange) const;
    void stopWaiting();

    Surroundings m_with;
    ProbeRequest m_request;
    UtcMs m_startedAt;
    Done m_done;

    HttpCheck m_check; ///< of the current hop
    HttpHeaders m_headers;
    Endpoint m_endpoint;
    std::optional<ProxyAddress> m_proxy;
    QByteArrayList m_addresses;
    QByteArrayList m_proxyAddresses;
    std::shared_ptr<const TrustStore> m_trust;
    QByteArrayList m_sessionKeys; ///< of all hops
    QString m_lookedUp;           ///< the host that was looked up last
    AddressFamily m_lookedUpFamily = AddressFamily::Any;
    int m_redirects = 0;
    Phases m_phases; ///< of the hops before
    HopTimes m_times;
    Moment m_deadline{};
    std::optional<CurlEngine::TimerId> m_timer;
    std::optional<NameResolver::Ticket> m_ticket;
    std::unique_ptr<HttpTransfer> m_transfer;
    bool m_truncated = false;
    bool m_finished = false;
};

} // namespace backwatch
