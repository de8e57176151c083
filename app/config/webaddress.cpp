// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/webaddress.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

namespace backwatch {

namespace {

struct WebAddress
{
    Q_DECLARE_TR_FUNCTIONS(WebAddress)
};

bool hasBlankOrControl(const QString &text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
}

/// All digits and dots, but no IPv4 address: no name server will ever know it.
bool isBrokenIpv4(const QString &host)
{
    const bool numeric =
        std::all_of(host.begin(), host.end(), [](QChar c) { return (c >= u'0' && c <= u'9') || c == u'.'; });
    return numeric && QHostAddress(host).isNull();
}

bool isBrokenName(const QString &host)
{
    constexpr qsizetype kLongestLabel = 63;
    if (host.contains(u':')) // IPv6, which QUrl has checked
        return false;
    const auto labels = QUrl::toAce(host).split('.');
    for (qsizetype i = 0; i < labels.size(); ++i)
        if (labels[i].size() > kLongestLabel || (labels[i].isEmpty() && i + 1 < labels.size()))
            return true;
    return labels.size() == 1 && labels.first().isEmpty();
}

QString problemWith(const QUrl &url, const QString &text)
{
    if (!url.userInfo(QUrl::FullyEncoded).isEmpty() || url.authority().contains(u'@'))
        return WebAddress::tr(
            "The address carries a user name or password. Remove it: a password belongs into "
            "the keychain.");
    if (url.host().isEmpty())
        return WebAddress::tr("The address \"%1\" names no host. Write it like https://shop.example/.")
            .arg(text);
    if (isBrokenIpv4(url.host()))
        return WebAddress::tr("\"%1\" is no IPv4 address. It takes four numbers from 0 to 255.")
            .arg(url.host());
    if (isBrokenName(url.host()))
        return WebAddress::tr("\"%1\" is no host name. Check its dots and its length.").arg(url.host());
    if (url.port() == 0)
        return WebAddress::tr("Port 0 cannot be reached. Ports go from 1 to 65535.");
    return {};
}

} // namespace

Result<QUrl> parseWebAddress(const QString &text)
{
    if (text.isEmpty())
        return failure(Error::Kind::Invalid,
                       WebAddress::tr("The address is empty. Write it like https://shop.example/."));
    if (hasBlankOrControl(text))
        return failure(
            Error::Kind::Invalid,
            WebAddress::tr("The address contains a blank or control character. Write a blank as %20."));
    static const QRegularExpression scheme(QStringLiteral("\\A([A-Za-z][A-Za-z0-9+.-]*)://"));
    const QString given = scheme.match(text).captured(1).toLower();
    if (given != u"http" && given != u"https")
        return failure(
            Error::Kind::Invalid,
            given.isEmpty()
                ? WebAddress::tr("The address \"%1\" has to begin with https:// or http://.").arg(text)
                : WebAddress::tr("The address begins with %1://. Only https:// and http:// can be "
                                 "checked here.")
                      .arg(given));
    const QUrl url(text, QUrl::TolerantMode);
    if (!url.isValid())
        return failure(
            Error::Kind::Invalid,
            WebAddress::tr("\"%1\" is no web address. Check its host and its port, which is at most "
                           "65535.")
                .arg(text));
    if (const QString problem = problemWith(url, text); !problem.isEmpty())
        return failure(Error::Kind::Invalid, problem);
    return url;
}

QString writtenWebAddress(const QUrl &url)
{
    const QString readable = url.toString(QUrl::EncodeSpaces);
    const auto again = parseWebAddress(readable);
    return again && *again == url ? readable : url.toString(QUrl::FullyEncoded);
}

bool isHost(const QString &text)
{
    if (text.contains(u':'))
        return QHostAddress(text).protocol() == QAbstractSocket::IPv6Protocol;
    static const QRegularExpression shape(QStringLiteral("\\A[^\\s/:@\\[\\]?#]+\\z"));
    return shape.match(text).hasMatch() && !isBrokenIpv4(text) && !isBrokenName(text);
}

bool isHostAndPort(const QString &text)
{
    static const QRegularExpression shape(
        QStringLiteral("\\A(?:\\[([0-9A-Fa-f:.]+)\\]|([^\\s/:@\\[\\]?#]+)):(\\d{1,5})\\z"));
    const auto match = shape.match(text);
    if (!match.hasMatch())
        return false;
    const int port = match.captured(3).toInt();
    if (port < 1 || port > 65535)
        return false;
    const QString address = match.captured(1);
    if (!address.isEmpty())
        return QHostAddress(address).protocol() == QAbstractSocket::IPv6Protocol;
    return !isBrokenIpv4(match.captured(2)) && !isBrokenName(match.captured(2));
}

} // namespace backwatch
