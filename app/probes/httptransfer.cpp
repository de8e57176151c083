// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httptransfer.h"

#include "app/probes/httprequest.h"
#include "app/probes/truststore.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace backwatch {

namespace {

using std::chrono::steady_clock;

HttpTransfer &transferOf(void *self)
{
    return *static_cast<HttpTransfer *>(self);
}

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
    , m_answer(m_plan.check.expect.bodyContains)
{
    m_times.connecting = true;
    m_times.secure = m_plan.check.url.scheme() == QStringLiteral("https");
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

template <typename T>
void HttpTransfer::set(CURLoption option, T value)
{
    if (const CURLcode code = curl_easy_setopt(m_easy.handle, option, value); code != CURLE_OK)
        m_code = code;
}

void HttpTransfer::append(List &list, const QByteArray &text)
{
    curl_slist *longer = curl_slist_append(list.get(), text.constData());
    if (!longer) {
        m_code = CURLE_OUT_OF_MEMORY;
        return;
    }
    static_cast<void>(list.release());
    list.reset(longer);
}

void HttpTransfer::setUp()
{
    set(CURLOPT_ERRORBUFFER, m_errorText.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FRESH_CONNECT, 1L);
    set(CURLOPT_FORBID_REUSE, 1L);
    // The check's own deadline comes first; this one makes libcurl go on to the next address in time.
    constexpr milliseconds kGrace{500};
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>((m_plan.timeLeft + kGrace).count()));
    set(CURLOPT_HEADERFUNCTION, &HttpTransfer::onHeader);
    set(CURLOPT_HEADERDATA, static_cast<void *>(this));
    set(CURLOPT_WRITEFUNCTION, &HttpTransfer::onBody);
    set(CURLOPT_WRITEDATA, static_cast<void *>(this));
    set(CURLOPT_PREREQFUNCTION, &HttpTransfer::onReady);
    set(CURLOPT_PREREQDATA, static_cast<void *>(this));
    set(CURLOPT_OPENSOCKETFUNCTION, &HttpTransfer::onOpenSocket);
    set(CURLOPT_OPENSOCKETDATA, static_cast<void *>(this));
    setUpRequest();
    setUpAddress();
    if (m_times.secure)
        setUpTls();
}

void HttpTransfer::setUpRequest()
{
    const HttpCheck &check = m_plan.check;
    set(CURLOPT_URL, check.url.toEncoded().constData());
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    if (check.method == HttpMethod::Head)
        set(CURLOPT_NOBODY, 1L);
    if (check.method == HttpMethod::Post) {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(check.body.size()));
        set(CURLOPT_POSTFIELDS, check.body.constData());
    }
    set(CURLOPT_ACCEPT_ENCODING, headerValue(m_plan.headers, "Accept-Encoding").constData());
    for (const auto &[name, value] : m_plan.headers)
        if (name.compare("Content-Length", Qt::CaseInsensitive) != 0)
            append(m_headerList, value.isEmpty() ? QByteArray(name + ';') : QByteArray(name + ": " + value));
    append(m_headerList, QByteArrayLiteral("Expect:"));
    set(CURLOPT_HTTPHEADER, m_headerList.get());
}

/// libcurl never looks names up itself. The addresses go into its cache under a name of this handle's own,
/// so that the cache stays as small as the number of handles whatever hosts come by.
void HttpTransfer::setUpAddress()
{
    QByteArrayList addresses = m_plan.addresses;
    for (auto &address : addresses) {
        if (const auto zone = address.indexOf('%'); zone >= 0) {
            set(CURLOPT_ADDRESS_SCOPE, static_cast<long>(if_nametoindex(address.mid(zone + 1).constData())));
            address.truncate(zone);
        }
    }
    const QByteArray name = "hop" + QByteArray::number(m_easy.slot) + ':';
    const QByteArray target = name + QByteArray::number(m_plan.port);
    if (m_easy.lastPort != 0 && m_easy.lastPort != m_plan.port)
        append(m_addressList, '-' + name + QByteArray::number(m_easy.lastPort));
    m_easy.lastPort = m_plan.port;
    append(m_connectList, "::" + target);
    append(m_addressList, target + ':' + addresses.join(','));
    set(CURLOPT_CONNECT_TO, m_connectList.get());
    set(CURLOPT_RESOLVE, m_addressList.get());
    set(CURLOPT_DNS_CACHE_TIMEOUT, -1L);
}

void HttpTransfer::setUpTls()
{
    Q_ASSERT(m_tools.trust);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
    // With either of these set libcurl reads the authorities anew for each connection.
    set(CURLOPT_CAINFO, static_cast<const char *>(nullptr));
    set(CURLOPT_CAPATH, static_cast<const char *>(nullptr));
    set(CURLOPT_SSL_CTX_FUNCTION, &HttpTransfer::onTlsContext);
    set(CURLOPT_SSL_CTX_DATA, static_cast<void *>(this));
}

CURLcode HttpTransfer::onTlsContext(CURL *, void *context, void *self)
{
    auto *tls = static_cast<SSL_CTX *>(context);
    transferOf(self).noteConnected();
    transferOf(self).m_tools.trust->giveTo(tls);
    SSL_CTX_set_cert_verify_callback(tls, &HttpTransfer::onVerify, self);
    // Many servers close without the TLS farewell; an answer of announced length is still seen to be cut.
    SSL_CTX_set_options(tls, SSL_OP_IGNORE_UNEXPECTED_EOF);
    return CURLE_OK;
}

int HttpTransfer::onVerify(X509_STORE_CTX *context, void *self)
{
    auto &peer = transferOf(self).m_certificate;
    peer = verifyPeer(context);
    return peer->verifyError == X509_V_OK ? 1 : 0;
}

curl_socket_t HttpTransfer::onOpenSocket(void *self, curlsocktype, curl_sockaddr *address)
{
    auto &transfer = transferOf(self);
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
    auto &transfer = transferOf(self);
    transfer.m_address = QString::fromLatin1(peer);
    transfer.noteConnected();
    transfer.m_times.ready = transfer.m_times.secure ? steady_clock::now() : transfer.m_times.connected;
    transfer.m_tools.engine.lookAfter(transfer);
    return CURL_PREREQFUNC_OK;
}

std::size_t HttpTransfer::onHeader(char *data, std::size_t size, std::size_t count, void *self)
{
    auto &transfer = transferOf(self);
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
    return transferOf(self).m_answer.addBody({data, static_cast<qsizetype>(length)}) ? length : 0;
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
    const qint64 body = m_plan.check.method == HttpMethod::Post ? m_plan.check.body.size() : 0;
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
    end.host = m_plan.check.url.host();
    end.peer = hostAndPort(m_address.isEmpty() ? QString::fromLatin1(m_plan.addresses.value(0)) : m_address,
                           m_plan.port);
    end.answerBegan = m_answer.began();
    end.received = received();
    end.announced = m_answer.announcedLength();
    end.certificate = m_certificate;
    end.libraryText = QString::fromUtf8(m_errorText.data());
    return end;
}

} // namespace backwatch
