// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/serverwords.h"

namespace backwatch {

QStringList familyWords()
{
    return {QStringLiteral("any"), QStringLiteral("ipv4"), QStringLiteral("ipv6"), QStringLiteral("both")};
}

QStringList startTlsWords()
{
    return {QStringLiteral("none"),       QStringLiteral("smtp"), QStringLiteral("imap"),
            QStringLiteral("pop3"),       QStringLiteral("ftp"),  QStringLiteral("ldap"),
            QStringLiteral("postgresql"), QStringLiteral("mysql")};
}

QStringList mailSecurityWords()
{
    return {QStringLiteral("none"), QStringLiteral("starttls"), QStringLiteral("tls")};
}

QStringList dnsTypeWords()
{
    return {QStringLiteral("A"),   QStringLiteral("AAAA"), QStringLiteral("CNAME"), QStringLiteral("MX"),
            QStringLiteral("NS"),  QStringLiteral("TXT"),  QStringLiteral("SOA"),   QStringLiteral("SRV"),
            QStringLiteral("PTR"), QStringLiteral("CAA")};
}

// IANA's numbers.
quint16 usualPort(StartTls protocol)
{
    switch (protocol) {
    case StartTls::None:
        return 443;
    case StartTls::Smtp:
        return 25;
    case StartTls::Imap:
        return 143;
    case StartTls::Pop3:
        return 110;
    case StartTls::Ftp:
        return 21;
    case StartTls::Ldap:
        return 389;
    case StartTls::Postgresql:
        return 5432;
    case StartTls::Mysql:
        return 3306;
    }
    return 443;
}

quint16 usualPort(MailProtocol protocol, MailSecurity security)
{
    if (protocol == MailProtocol::Imap)
        return security == MailSecurity::Tls ? 993 : 143;
    switch (security) {
    case MailSecurity::None:
        return 25;
    case MailSecurity::StartTls:
        return 587;
    case MailSecurity::Tls:
        return 465;
    }
    return 25;
}

quint16 usualPort(DatabaseKind kind)
{
    return kind == DatabaseKind::Mysql ? 3306 : 5432;
}

} // namespace backwatch
