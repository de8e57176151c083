// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/curlengine.h"
#include "app/probes/easypool.h"
#include "app/probes/hoptimes.h"
#include "app/probes/httpanswer.h"
#include "app/probes/httpoutcome.h"
#include "app/probes/httprequest.h"
#include "app/probes/proxyaddress.h"
#include "app/probes/tlssessions.h"
#include "app/probes/truststore.h"

#include <openssl/ssl.h>

#include <array>
#include <memory>

namespace backwatch {

/// What the transfers of one engine share.
struct HttpTools
{
    CurlEngine &engine;
    EasyPool &pool;
    TrustStores &trust;
    TlsSessions &sessions;
};

/// One request over one fresh connection. Lives in the engine's thread.
class HttpTransfer final : public CurlTransfer
{
public:
    struct Plan
    {
        HttpCheck check; ///< prepared; its own redirects and connectTo are not looked at
        HttpHeaders headers;
        Endpoint target;
        QByteArrayList addresses; ///< of the target, numeric; tried in order, IPv6 and IPv4 side by side.
                                  ///< None where a proxy looks the name up.
        std::optional<ProxyAddress> proxy;
        QByteArrayList proxyAddresses;
        std::shared_ptr<const TrustStore> trust; ///< null only where nothing goes over TLS
        QByteArray sessionKey;                   ///< what a TLS session is kept under; empty: it is not kept
        UtcMs startedAt = 0;
        milliseconds timeLeft{0};
        bool stopAtRedirect = false; ///< do not read its body
        qsizetype keptBody = Exchange::kBodyLimit;
    };

    HttpTransfer(const HttpTools &tools, Plan plan, const HopTimes &times, CurlEngine::Task done);
    ~HttpTransfer();
    HttpTransfer(const HttpTransfer &) = delete;
    HttpTransfer &operator=(const HttpTransfer &) = delete;

    /// False when libcurl would not take it; then end() says why.
    bool start();

    const HttpAnswer &answer() const { return m_answer; }
    HopTimes times(Moment end) const;
    /// What became of it, also while it still runs.
    HopEnd end(Moment at) const;
    /// The last address tried.
    QString address() const { return m_address; }
    bool connected() const { return m_times.connected.has_value(); }
    /// The handshake failed, and a session was offered in it: a full one may succeed.
    bool sessionFailed() const;
    const std::optional<PeerCertificate> &certificate() const { return m_certificate; }
    qint64 received() const; ///< bytes of the body, as they came over the wire

    CURL *easy() const override { return m_easy.handle; }
    void advanced(Moment readyAt) override;
    void finished(CURLcode code) override;
    void cutOff() override { m_isCutOff = true; }
    bool isCutOff() const { return m_isCutOff; }

private:
    struct FreeList
    {
        void operator()(curl_slist *list) const { curl_slist_free_all(list); }
    };
    using List = std::unique_ptr<curl_slist, FreeList>;

    static HttpTransfer &of(void *self) { return *static_cast<HttpTransfer *>(self); }
    static std::size_t onHeader(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onBody(char *data, std::size_t size, std::size_t count, void *self);
    static int onReady(void *self, char *peer, char *local, int peerPort, int localPort);
    static curl_socket_t onOpenSocket(void *self, curlsocktype purpose, curl_sockaddr *address);
    static CURLcode onTlsContext(CURL *easy, void *context, void *self);
    static int onVerify(X509_STORE_CTX *context, void *self);
    static int onNewSession(SSL *tls, SSL_SESSION *session);
    static void onTlsInfo(const SSL *tls, int where, int value);
    static int onVerifyProxy(X509_STORE_CTX *context, void *self);

    template <typename T>
    void set(CURLoption option, T value);
    void setUp();
    void setUpRequest();
    void setUpBody();
    void setUpAuthentication();
    void setUpAddress();
    void setUpProxy();
    void setUpTls();
    QByteArray url() const;
    void tlsContext(SSL_CTX *context);
    void resumeSession(SSL_CTX *context);
    void noteProxy();
    void append(List &list, const QByteArray &text);
    void noteConnected();
    void noteSent();
    HopStage stage() const;
    Moment stageBegan() const;

    HttpTools m_tools;
    Plan m_plan;
    HopTimes m_times;
    CurlEngine::Task m_done;
    EasyPool::Easy m_easy;
    bool m_isCutOff = false;
    CURLcode m_code = CURLE_OK;
    bool m_running = false;
    bool m_redirectSeen = false;

    HttpAnswer m_answer;
    std::optional<PeerCertificate> m_certificate;
    std::optional<PeerCertificate> m_proxyCertificate;
    std::shared_ptr<SSL_SESSION> m_session; ///< to be taken up in the handshake that comes
    bool m_sessionOffered = false;
    int m_tlsContexts = 0;
    long m_proxyStatus = 0;
    long m_proxyError = 0;
    QString m_address;
    Moment m_begun{};
    int m_localError = 0;
    long m_systemError = 0;
    qint64 m_received = 0;
    std::array<char, CURL_ERROR_SIZE> m_errorText{};
    List m_headerList;
    List m_addressList;
    List m_connectList;
};

} // namespace backwatch
