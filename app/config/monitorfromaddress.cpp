// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/monitorfromaddress.h"

#include "app/config/monitoraddresses.h"
#include "app/config/webaddress.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

namespace backwatch {

namespace {

struct Address
{
    Q_DECLARE_TR_FUNCTIONS(MonitorFromAddress)
};

/// What is left of a pasted line: without blanks around it, the brackets and quotation marks that it stood
/// in, and the full stop behind it.
QString peeled(const QString &typed)
{
    const QList<std::pair<QChar, QChar>> pairs{
        {u'<', u'>'}, {u'"', u'"'}, {u'\'', u'\''}, {u'(', u')'}, {u'“', u'”'}};
    QString text = typed.trimmed();
    for (const auto &[open, close] : pairs)
        if (text.size() > 2 && text.front() == open && text.back() == close)
            text = text.sliced(1, text.size() - 2).trimmed();
    while (text.endsWith(u',') || text.endsWith(u';') ||
           (text.endsWith(u'.') && !text.endsWith(QStringLiteral(".."))))
        text.chop(1);
    return text;
}

bool isNearby(const QUrl &url)
{
    const QString host = url.host();
    if (host == u"localhost" || host.endsWith(QStringLiteral(".localhost")))
        return true;
    const QHostAddress address(host);
    const auto isIn = [&address](const char *subnet) {
        return address.isInSubnet(QHostAddress::parseSubnet(QString::fromLatin1(subnet)));
    };
    return address.isLoopback() || address.isLinkLocal() || address.isUniqueLocalUnicast() ||
           isIn("10.0.0.0/8") || isIn("172.16.0.0/12") || isIn("192.168.0.0/16");
}

/// IPv6 in a URL stands in brackets; people paste it without. An address takes every colon: no port.
QString bracketed(const QString &text)
{
    const auto end = text.indexOf(u'/');
    const QString host = end < 0 ? text : text.first(end);
    if (QHostAddress(host).protocol() != QAbstractSocket::IPv6Protocol || host.startsWith(u'['))
        return text;
    return u'[' + host + u']' + text.sliced(host.size());
}

Result<QUrl> withScheme(const QString &text)
{
    if (text.contains(QStringLiteral("://")))
        return parseWebAddress(text);
    const QString address = bracketed(text.startsWith(QStringLiteral("//")) ? text.sliced(2) : text);
    auto url = parseWebAddress(QStringLiteral("https://") + address);
    if (!url)
        return url;
    const bool plain = url->port() == 80 || url->port() == 8080 || (isNearby(*url) && url->port() != 443);
    if (plain)
        url->setScheme(QStringLiteral("http"));
    return url;
}

/// Names hold no "/", which stands between service and monitor.
QString nameFor(const QUrl &url)
{
    constexpr qsizetype kLongest = 200;
    const QString host = url.host();
    // The whitelist guards people who read a strange name; this one they typed themselves.
    QString name = host.contains(u':') ? QString(u'[' + host + u']')
                                       : QUrl::fromAce(host.toLatin1(), QUrl::IgnoreIDNWhitelist);
    if (url.port() > 0)
        name += u':' + QString::number(url.port());
    for (const auto &part : url.path().split(u'/', Qt::SkipEmptyParts))
        name += u' ' + part;
    std::replace_if(
        name.begin(), name.end(), [](QChar c) { return !c.isPrint() && !c.isSurrogate(); }, u' ');
    return name.simplified().left(kLongest);
}

QString schemeOf(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("\\A([A-Za-z][A-Za-z0-9+.-]*)://"));
    return shape.match(text).captured(1).toLower();
}

/// Of something that is no website: "db.example:3306 (mysql)".
Result<Monitor> serviceMonitor(const QString &text, const QString &scheme)
{
    const QString kind = scheme.endsWith(QStringLiteral("+unix")) ? scheme.chopped(5) : scheme;
    if (!serviceSchemes().contains(kind))
        return failure(
            Error::Kind::Invalid,
            Address::tr("The address begins with %1://. What can be checked begins with http, https, %2.")
                .arg(scheme, serviceSchemes().join(QStringLiteral(", "))));
    auto monitor = monitorFromServiceAddress(text);
    if (monitor) {
        QString target = checkTarget(monitor->check);
        target.replace(u'/', u' ');
        monitor->name = Address::tr("%1 (%2)").arg(target.simplified(), checkKind(monitor->check));
    }
    return monitor;
}

} // namespace

Result<Monitor> monitorFromAddress(const QString &typed)
{
    const QString text = peeled(typed);
    if (text.isEmpty())
        return failure(Error::Kind::Invalid,
                       Address::tr("Type the address of a website, such as shop.example."));
    static const QRegularExpression blank(QStringLiteral("\\s"));
    if (const auto at = text.indexOf(blank); at >= 0)
        return failure(Error::Kind::Invalid,
                       Address::tr("There is more than an address: remove what stands behind \"%1\".")
                           .arg(text.first(at)));
    const QString scheme = schemeOf(text);
    if (!scheme.isEmpty() && scheme != u"http" && scheme != u"https")
        return serviceMonitor(text, scheme);
    auto url = withScheme(text);
    if (!url)
        return tl::make_unexpected(url.error());
    url->setFragment(QString());
    if (url->path().isEmpty())
        url->setPath(QStringLiteral("/"));
    HttpCheck check;
    check.url = *url;
    Monitor monitor;
    monitor.name = nameFor(*url);
    monitor.check = check;
    return monitor;
}

} // namespace backwatch
