// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httptransfer.h"

#include "app/probes/httprequest.h"
#include "app/probes/urlparts.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace backwatch {

namespace {

using std::chrono::steady_clock;

curl_off_t timeOf(CURL *easy, CURLINFO info)
{
    curl_off_t time = 0;
    curl_easy_getinfo(easy, info, &time);
    return time;
}

QString addressText(const sockaddr &address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void *bytes = nullptr;
    if (address.sa_family == AF_INET6)
        bytes = &reinterpret_cast<const sockaddr_in6 &>(address).sin6_addr;
    else if (address.sa_family == AF_INET)
        bytes = &reinterpret_cast<const sockaddr_in &>(address).sin_addr;
    if (!bytes || !inet_ntop(address.sa_family, bytes, text.data(), text.size()))
        return {};
    return QString::fromLatin1(text.data());
}

} // namespace

HttpTransfer::HttpTransfer(const HttpTools &tools, Plan plan, const HopTimes &times, CurlEngine::Task done)
    : m_tools(tools)
    , m_plan(std::move(plan))
    , m_times(times)
    , m_done(std::move(done))
    , m_easy(tools.pool.take())
    , m_answer(m_plan.check.expect, m_plan.keptBody)
{
    m_times.connecting = true;
    m_times.secure = isSecure(m_plan.check.url);
}

HttpTransfer::~HttpTransfer()
{
    if (m_running)
        m_tools.engine.remove(*this);
    m_tools.pool.giveBack(m_easy);
}

bool HttpTransfer::start()
{
    if (!m_easy.handle) {
        m_code = CURLE_OUT_OF_MEMORY;
        return false;
    }
    m_begun = steady_clock::now();
    setUp();
    if (m_code != CURLE_OK)
        return false;
    m_running = m_tools.engine.add(*this);
    if (!m_running)
        m_code = CURLE_FAILED_INIT;
    return m_running;
}

curl_socket_t HttpTransfer::onOpenSocket(void *self, curlsocktype, curl_sockaddr *address)
{
    auto &transfer = of(self);
    transfer.m_address = addressText(address->addr);
    const int socket =
        ::socket(address->family, address->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address->protocol);
    // A family that this machine does not speak is the address's fault, the rest is this machine's own.
    if (socket < 0 && errno == EAFNOSUPPORT)
        transfer.m_systemError = errno;
    else if (socket < 0)
        transfer.m_localError = errno;
    return socket < 0 ? CURL_SOCKET_BAD : socket;
}

int HttpTransfer::onReady(void *self, char *peer, char *, int, int)
{
    auto &transfer = of(self);
    if (transfer.m_times.ready) {
        // The second request of a Digest login. What the first one took counts as waiting.
        transfer.m_answer = HttpAnswer(transfer.m_plan.check.expect, transfer.m_plan.keptBody);
        transfer.m_times.firstByte.reset();
        transfer.m_tools.engine.lookAfter(transfer);
        return CURL_PREREQFUNC_OK;
    }
    transfer.m_address = QString::fromLatin1(peer);
    transfer.noteConnected();
    transfer.m_times.ready = transfer.m_times.secure ? steady_clock::now() : transfer.m_times.connected;
    transfer.m_tools.engine.lookAfter(transfer);
    return CURL_PREREQFUNC_OK;
}

std::size_t HttpTransfer::onHeader(char *data, std::size_t size, std::size_t count, void *self)
{
    auto &transfer = of(self);
    const std::size_t length = size * count;
    if (!transfer.m_times.firstByte)
        transfer.m_times.firstByte = transfer.m_tools.engine.readyAt();
    HttpAnswer &answer = transfer.m_answer;
    if (!answer.addHeaderLine({data, static_cast<qsizetype>(length)}))
        return 0;
    if (transfer.m_plan.stopAtRedirect && answer.headerComplete() &&
        isRedirect(answer.status, answer.headers)) {
        transfer.m_redirectSeen = true;
        return 0;
    }
    return length;
}

std::size_t HttpTransfer::onBody(char *data, std::size_t size, std::size_t count, void *self)
{
    const std::size_t length = size * count;
    return of(self).m_answer.addBody({data, static_cast<qsizetype>(length)}) ? length : 0;
}

/// TCP is there. libcurl tells its own time of it only after TLS, and looks at its clock when it gets round
/// to it; the engine did when the socket became ready.
void HttpTransfer::noteConnected()
{
    if (!m_times.connected)
        m_times.connected = std::max(m_begun, m_tools.engine.readyAt());
}

void HttpTransfer::noteSent()
{
    long head = 0;
    curl_easy_getinfo(m_easy.handle, CURLINFO_REQUEST_SIZE, &head);
    const bool later = m_plan.check.authentication.kind == HttpAuthentication::Kind::Digest;
    const qint64 body = hasBody(m_plan.check.method) && !later ? m_plan.check.body.size() : 0;
    if (head > 0 && (body == 0 || timeOf(m_easy.handle, CURLINFO_SIZE_UPLOAD_T) >= body))
        m_times.sent = steady_clock::now();
}

void HttpTransfer::advanced(Moment readyAt)
{
    if (m_times.ready && !m_times.sent)
        noteSent();
    if (m_times.ready && !m_times.firstByte && timeOf(m_easy.handle, CURLINFO_STARTTRANSFER_TIME_T) > 0)
        m_times.firstByte = readyAt;
}

void HttpTransfer::finished(CURLcode code)
{
    m_running = false;
    m_code = m_redirectSeen ? CURLE_OK : code;
    m_received = timeOf(m_easy.handle, CURLINFO_SIZE_DOWNLOAD_T);
    if (m_systemError == 0)
        curl_easy_getinfo(m_easy.handle, CURLINFO_OS_ERRNO, &m_systemError);
    noteProxy();
    advanced(m_tools.engine.readyAt());
    // libcurl takes a header without its empty line for a whole answer.
    if (m_code == CURLE_OK && !m_answer.headerComplete())
        m_code = CURLE_PARTIAL_FILE;
    // The end of a connection wakes a transfer just as a first byte does.
    const bool nothing = code == CURLE_GOT_NOTHING || code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR;
    if (nothing && !m_answer.began())
        m_times.firstByte.reset();
    m_done();
}

void HttpTransfer::noteProxy()
{
    if (!m_plan.proxy)
        return;
    curl_easy_getinfo(m_easy.handle, CURLINFO_HTTP_CONNECTCODE, &m_proxyStatus);
    curl_easy_getinfo(m_easy.handle, CURLINFO_PROXY_ERROR, &m_proxyError);
}

qint64 HttpTransfer::received() const
{
    return m_running ? timeOf(m_easy.handle, CURLINFO_SIZE_DOWNLOAD_T) : m_received;
}

HopTimes HttpTransfer::times(Moment end) const
{
    HopTimes times = m_times;
    times.end = end;
    return times;
}

HopStage HttpTransfer::stage() const
{
    if (!m_times.connected)
        return HopStage::Connecting;
    if (!m_times.ready)
        return m_times.secure ? HopStage::Securing : HopStage::Sending;
    if (m_times.firstByte)
        return HopStage::Receiving;
    return m_times.sent ? HopStage::Waiting : HopStage::Sending;
}

Moment HttpTransfer::stageBegan() const
{
    switch (stage()) {
    case HopStage::Securing:
        return *m_times.connected;
    case HopStage::Sending:
        return m_times.ready.value_or(*m_times.connected);
    case HopStage::Waiting:
        return *m_times.sent;
    case HopStage::Receiving:
        return *m_times.firstByte;
    default:
        return m_times.named.value_or(m_times.begin);
    }
}

HopEnd HttpTransfer::end(Moment at) const
{
    HopEnd end;
    end.code = m_code;
    end.tooLarge = m_answer.tooLarge() ||
                   (m_code == CURLE_OUT_OF_MEMORY && m_answer.began() && !m_answer.headerComplete());
    end.stage = stage();
    end.stageTime = std::max(microseconds(0), std::chrono::floor<microseconds>(at - stageBegan()));
    end.systemError = static_cast<int>(m_systemError);
    end.localError = m_localError;
    const HttpCheck &check = m_plan.check;
    end.host = check.tls.serverName.isEmpty() ? check.url.host() : check.tls.serverName;
    const QString address = m_address.isEmpty() ? QString::fromLatin1(m_plan.addresses.value(0)) : m_address;
    end.peer = hostAndPort(m_plan.proxy ? m_plan.target.host : address, m_plan.target.port);
    if (m_plan.proxy)
        end.proxy = hostAndPort(m_plan.proxy->host, m_plan.proxy->port);
    end.proxyStatus = static_cast<int>(m_proxyStatus);
    end.proxyError = m_proxyError;
    end.proxyCertificate = m_proxyCertificate;
    end.http2 = check.version == HttpVersion::Http2;
    end.clientCertificate = check.tls.certificate;
    end.answerBegan = m_answer.began();
    end.received = received();
    end.announced = m_answer.announcedLength();
    end.certificate = m_certificate;
    end.verifies = check.tls.verify;
    end.libraryText = QString::fromUtf8(m_errorText.data());
    return end;
}

} // namespace backwatch
