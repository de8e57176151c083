// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httptransfer.h"
#include "app/probes/urlparts.h"

#include <QFile>

#include <net/if.h>

namespace backwatch {

namespace {

long curlVersion(const HttpCheck &check)
{
    switch (check.version) {
    case HttpVersion::Any:
        return CURL_HTTP_VERSION_2TLS;
    case HttpVersion::Http1:
        return CURL_HTTP_VERSION_1_1;
    case HttpVersion::Http2:
        return isSecure(check.url) ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
    }
    return CURL_HTTP_VERSION_NONE;
}

QByteArray bracketed(const QByteArray &host)
{
    return host.contains(':') ? QByteArray('[' + host + ']') : host;
}

QByteArray proxyUrl(const ProxyAddress &proxy)
{
    const char *scheme = "http://";
    if (proxy.kind == ProxyAddress::Kind::Https)
        scheme = "https://";
    else if (proxy.kind == ProxyAddress::Kind::Socks5)
        scheme = "socks5://";
    else if (proxy.kind == ProxyAddress::Kind::Socks5h)
        scheme = "socks5h://";
    return scheme + bracketed(proxy.host.toLatin1()) + ':' + QByteArray::number(proxy.port);
}

} // namespace

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
    setUpBody();
    setUpAuthentication();
    if (m_plan.proxy)
        setUpProxy();
    else
        setUpAddress();
    if (m_plan.trust)
        setUpTls();
}

/// libcurl asks for, and verifies, the host that stands in its URL; the Host field is always set by itself.
QByteArray HttpTransfer::url() const
{
    const HttpCheck &check = m_plan.check;
    if (check.tls.serverName.isEmpty() || !m_times.secure)
        return check.url.toEncoded();
    QUrl named = check.url;
    named.setHost(check.tls.serverName);
    return named.toEncoded();
}

void HttpTransfer::setUpRequest()
{
    const HttpCheck &check = m_plan.check;
    set(CURLOPT_URL, url().constData());
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_HTTP_VERSION, curlVersion(check));
    set(CURLOPT_ACCEPT_ENCODING, headerValue(m_plan.headers, "Accept-Encoding").constData());
    for (const auto &header : m_plan.headers)
        if (!isField(header, "Content-Length"))
            append(m_headerList, header.value.isEmpty() ? QByteArray(header.name + ';')
                                                        : QByteArray(header.name + ": " + header.value));
    append(m_headerList, QByteArrayLiteral("Expect:"));
    if (headerValue(m_plan.headers, "Content-Type").isNull())
        append(m_headerList, QByteArrayLiteral("Content-Type:"));
    set(CURLOPT_HTTPHEADER, m_headerList.get());
}

void HttpTransfer::setUpBody()
{
    const HttpCheck &check = m_plan.check;
    // What has no length goes without a body.
    if (!headerValue(m_plan.headers, "Content-Length").isNull() && hasBody(check.method)) {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(check.body.size()));
        set(CURLOPT_POSTFIELDS, check.body.constData());
    }
    if (check.method == HttpMethod::Head)
        set(CURLOPT_NOBODY, 1L);
    else if (check.method != HttpMethod::Get && check.method != HttpMethod::Post)
        set(CURLOPT_CUSTOMREQUEST, httpMethodName(check.method).toLatin1().constData());
}

/// Basic and Bearer are fields of the request by now.
void HttpTransfer::setUpAuthentication()
{
    const HttpAuthentication &authentication = m_plan.check.authentication;
    if (authentication.kind != HttpAuthentication::Kind::Digest)
        return;
    set(CURLOPT_HTTPAUTH, CURLAUTH_DIGEST);
    set(CURLOPT_USERNAME, authentication.user.toUtf8().constData());
    set(CURLOPT_PASSWORD, authentication.password.value.toUtf8().constData());
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
    const int port = m_plan.target.port;
    const QByteArray name = "hop" + QByteArray::number(m_easy.slot) + ':';
    const QByteArray target = name + QByteArray::number(port);
    if (m_easy.lastPort != 0 && m_easy.lastPort != port)
        append(m_addressList, '-' + name + QByteArray::number(m_easy.lastPort));
    m_easy.lastPort = port;
    append(m_connectList, "::" + target);
    append(m_addressList, target + ':' + addresses.join(','));
    set(CURLOPT_PROXY, "");
    set(CURLOPT_CONNECT_TO, m_connectList.get());
    set(CURLOPT_RESOLVE, m_addressList.get());
    set(CURLOPT_DNS_CACHE_TIMEOUT, -1L);
}

/// There are few proxies, so each stands in libcurl's cache under its own name.
void HttpTransfer::setUpProxy()
{
    const HttpCheck &check = m_plan.check;
    const ProxyAddress &proxy = *m_plan.proxy;
    set(CURLOPT_PROXY, proxyUrl(proxy).constData());
    set(CURLOPT_NOPROXY, "");
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    const QString password = check.proxyPassword.value.isEmpty() ? proxy.password : check.proxyPassword.value;
    if (!proxy.user.isEmpty() || !password.isEmpty()) {
        set(CURLOPT_PROXYUSERNAME, proxy.user.toUtf8().constData());
        set(CURLOPT_PROXYPASSWORD, password.toUtf8().constData());
    }
    append(m_addressList, proxy.host.toLatin1() + ':' + QByteArray::number(proxy.port) + ':' +
                              m_plan.proxyAddresses.join(','));
    set(CURLOPT_RESOLVE, m_addressList.get());
    set(CURLOPT_DNS_CACHE_TIMEOUT, -1L);

    const bool named = m_times.secure && !check.tls.serverName.isEmpty();
    QByteArray host;
    if (proxy.wantsAddresses())
        host = m_plan.addresses.value(0);
    else if (named || !check.connectTo.isEmpty())
        host = m_plan.target.host.toLatin1();
    if (host.isEmpty())
        return;
    append(m_connectList, "::" + bracketed(host) + ':' + QByteArray::number(m_plan.target.port));
    set(CURLOPT_CONNECT_TO, m_connectList.get());
}

void HttpTransfer::setUpTls()
{
    const TlsSettings &tls = m_plan.check.tls;
    set(CURLOPT_SSL_VERIFYPEER, tls.verify ? 1L : 0L);
    set(CURLOPT_SSL_VERIFYHOST, tls.verify ? 2L : 0L);
    set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
    // libcurl would keep the store that one transfer brings for all later ones, whatever they bring.
    set(CURLOPT_CA_CACHE_TIMEOUT, 0L);
    // With one of these set libcurl reads the authorities anew for each connection.
    for (const CURLoption option :
         {CURLOPT_CAINFO, CURLOPT_CAPATH, CURLOPT_PROXY_CAINFO, CURLOPT_PROXY_CAPATH})
        set(option, static_cast<const char *>(nullptr));
    set(CURLOPT_SSL_CTX_FUNCTION, &HttpTransfer::onTlsContext);
    set(CURLOPT_SSL_CTX_DATA, static_cast<void *>(this));
    if (tls.certificate.isEmpty())
        return;
    set(CURLOPT_SSLCERT, QFile::encodeName(tls.certificate).constData());
    if (!tls.key.isEmpty())
        set(CURLOPT_SSLKEY, QFile::encodeName(tls.key).constData());
    // Without any, OpenSSL would ask for one on the terminal.
    set(CURLOPT_KEYPASSWD, tls.passphrase.value.toUtf8().constData());
}

} // namespace backwatch
