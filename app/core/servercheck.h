// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/core/serveraddress.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace backwatch {

// What is asked of the services behind a website. Everywhere: slowAfter, a longer total is Slow; a
// certificate with fewer than certificateDays days left is CertificateExpiring.

/// A connection; on request something is said and an answer is waited for.
struct TcpCheck
{
    ServerAddress server;
    bool secure = false; ///< TLS from the first byte
    TlsSettings tls;
    QByteArray send; ///< empty: nothing is said
    QString expect;  ///< has to stand in what the other side says; empty: a connection is enough
    std::optional<milliseconds> slowAfter;

    bool operator==(const TcpCheck &) const = default;
};

/// In which protocol TLS is asked for.
enum class StartTls { None, Smtp, Imap, Pop3, Ftp, Ldap, Postgresql, Mysql };

/// A TLS handshake: chain, name and days left.
struct TlsCheck
{
    ServerAddress server;
    StartTls startTls = StartTls::None; ///< None: TLS from the first byte
    TlsSettings tls;
    int certificateDays = 14;
    std::optional<milliseconds> slowAfter;

    bool operator==(const TlsCheck &) const = default;
};

enum class DatabaseKind { Mysql, Postgresql };

/// Without a user the greeting is read and the connection left politely; with one a query is asked.
struct DatabaseCheck
{
    DatabaseKind kind = DatabaseKind::Mysql;
    ServerAddress server;
    QString user; ///< empty: no login
    Secret password;
    QString database;
    QString query;  ///< empty: SELECT 1
    QString expect; ///< the first column of the first row; empty: not looked at
    bool secure = false;
    std::optional<milliseconds> slowAfter;

    bool operator==(const DatabaseCheck &) const = default;
};

struct RedisCheck
{
    ServerAddress server;
    QString user; ///< of an access list; empty: the password alone
    Secret password;
    bool secure = false;
    TlsSettings tls;
    std::optional<milliseconds> slowAfter;

    bool operator==(const RedisCheck &) const = default;
};

struct MemcachedCheck
{
    ServerAddress server;
    std::optional<milliseconds> slowAfter;

    bool operator==(const MemcachedCheck &) const = default;
};

/// PHP-FPM or another FastCGI server, asked directly.
struct FastCgiCheck
{
    ServerAddress server;
    QString path = QStringLiteral("/ping");  ///< pm.ping_path of the pool
    QString expect = QStringLiteral("pong"); ///< has to stand in the answer; empty: not looked at
    QString statusPath; ///< pm.status_path; its queue and exhausted workers are looked at too; empty: not
    std::optional<milliseconds> slowAfter;

    bool operator==(const FastCgiCheck &) const = default;
};

enum class MailProtocol { Smtp, Imap };
enum class MailSecurity { None, StartTls, Tls };

/// The greeting of a mail server.
struct MailCheck
{
    MailProtocol protocol = MailProtocol::Smtp;
    ServerAddress server;
    MailSecurity security = MailSecurity::None;
    TlsSettings tls;
    int certificateDays = 14;
    std::optional<milliseconds> slowAfter;

    bool operator==(const MailCheck &) const = default;
};

/// The banner of an SSH server.
struct SshCheck
{
    ServerAddress server;
    std::optional<milliseconds> slowAfter;

    bool operator==(const SshCheck &) const = default;
};

enum class DnsType { A, Aaaa, Cname, Mx, Ns, Txt, Soa, Srv, Ptr, Caa };

/// The records of a name, asked of one resolver.
struct DnsCheck
{
    QString name;
    DnsType type = DnsType::A;
    QString resolver;     ///< address, or address:port with brackets for IPv6; empty: the system's
    QStringList expect;   ///< each has to be among the values; empty: any value will do
    bool exactly = false; ///< and there is no other
    std::optional<milliseconds> slowAfter;

    bool operator==(const DnsCheck &) const = default;
};

/// ICMP echo; some that are lost beside some that come back are Outcome::Partial.
struct PingCheck
{
    QString host;
    AddressFamily family = AddressFamily::Any;
    int count = 3;
    std::optional<milliseconds> slowAfter; ///< the median round trip

    bool operator==(const PingCheck &) const = default;
};

/// A job of the admin's own reports in; it fails when no report came within the interval and the grace.
struct PushCheck
{
    Secret token;
    milliseconds grace{0};

    bool operator==(const PushCheck &) const = default;
};

/// Follows the states of other monitors.
struct GroupCheck
{
    QStringList members; ///< names, or Service/Monitor
    int atLeast = 0;     ///< so many have to be up; 0: all of them

    bool operator==(const GroupCheck &) const = default;
};

} // namespace backwatch
