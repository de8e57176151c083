// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/databaseverdict.h"

#include "app/probes/httpoutcome.h"
#include "app/probes/shownbytes.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSqlError>
#include <QTcpSocket>

namespace backwatch {

namespace {

struct DatabaseVerdictText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::DatabaseProbe)
};

/// What the server or its library said, in one line and without the password.
QString wordsOf(const DatabaseCheck &check, const QSqlError &error)
{
    QString text = error.databaseText();
    if (!check.password.value.isEmpty())
        text.replace(check.password.value, QStringLiteral("…"));
    return shownBytes(text.trimmed().toUtf8());
}

Verdict refused(const DatabaseCheck &check)
{
    return {Outcome::ConnectRefused,
            DatabaseVerdictText::tr("%1 refused the connection: nothing listens there.")
                .arg(shownServer(check.server))};
}

Verdict unreachable(const DatabaseCheck &check)
{
    return {Outcome::Unreachable,
            DatabaseVerdictText::tr("There is no way to %1.").arg(shownServer(check.server))};
}

Verdict silent(const DatabaseCheck &check, microseconds after)
{
    return {
        Outcome::FirstByteTimeout,
        DatabaseVerdictText::tr("%1 took the connection, but the database did not let anybody in within %2.")
            .arg(shownServer(check.server), readableTime(after))};
}

Verdict notConnected(const DatabaseCheck &check, microseconds after)
{
    return {Outcome::ConnectTimeout, DatabaseVerdictText::tr("%1 took no connection within %2.")
                                         .arg(shownServer(check.server), readableTime(after))};
}

Verdict unknownName(const DatabaseCheck &check)
{
    return {Outcome::DnsNotFound,
            DatabaseVerdictText::tr("The name %1 could not be found.").arg(check.server.host)};
}

Verdict rejected(const DatabaseCheck &check, const QString &words)
{
    return {Outcome::AuthRejected,
            DatabaseVerdictText::tr("The database does not let %1 in: “%2”.").arg(check.user, words)};
}

Verdict errorWith(const QString &words)
{
    return {Outcome::ProtocolError,
            DatabaseVerdictText::tr("The database answers with an error: “%1”.").arg(words)};
}

/// The libraries do not say reliably why there is no connection: one is tried.
/// @param answers what it means when there is one
Verdict connectionVerdict(const DatabaseCheck &check, microseconds after, const Verdict &answers)
{
    if (!check.server.socket.isEmpty())
        return answers;
    QTcpSocket socket;
    socket.connectToHost(check.server.host, check.server.port);
    constexpr int kPatienceMs = 1'000;
    if (socket.waitForConnected(kPatienceMs))
        return after >= std::chrono::seconds(1) ? silent(check, after) : answers;
    switch (socket.error()) {
    case QAbstractSocket::ConnectionRefusedError:
        return refused(check);
    case QAbstractSocket::HostNotFoundError:
        return unknownName(check);
    case QAbstractSocket::NetworkError:
        return unreachable(check);
    default:
        return notConnected(check, after);
    }
}

// Numbers of MySQL's server (1…) and client library (2…).
Verdict mysqlVerdict(const DatabaseCheck &check, const QSqlError &error, microseconds after)
{
    const QString words = wordsOf(check, error);
    switch (error.nativeErrorCode().toInt()) {
    case 2002:
    case 2003:
        // Of a socket the library knows: it is not there, or nobody listens on it.
        return check.server.socket.isEmpty() ? connectionVerdict(check, after, errorWith(words))
                                             : refused(check);
    case 2005:
        return unknownName(check);
    case 2006:
    case 2012:
    case 2013:
        return after >= std::chrono::seconds(1)
                   ? silent(check, after)
                   : Verdict{
                         Outcome::ClosedEarly,
                         DatabaseVerdictText::tr("The database closed the connection during the login: “%1”.")
                             .arg(words)};
    case 1044: // no right to the database
    case 1045:
    case 1130:
    case 1698:
    case 2059: // wants an authentication that the library does not know
        return rejected(check, words);
    default:
        return errorWith(words);
    }
}

/// libpq gives no code for a login that failed, and its words depend on the language: whether somebody
/// listens is looked at, and the server's words are searched for those of PostgreSQL in English.
Verdict postgresqlVerdict(const DatabaseCheck &check, const QSqlError &error, microseconds after)
{
    const QString words = wordsOf(check, error);
    const QString text = error.databaseText();
    static const QRegularExpression login(
        QStringLiteral("authentication failed|no pg_hba\\.conf entry|pg_hba\\.conf rejects|"
                       "role \".*\" (does not exist|is not permitted)|no password supplied|"
                       "permission denied for database|28P01|28000"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    if (login.match(text).hasMatch())
        return rejected(check, words);
    if (text.contains(QLatin1String("FATAL")))
        return errorWith(words);
    return connectionVerdict(check, after, errorWith(words));
}

} // namespace

QString shownServer(const ServerAddress &server)
{
    return server.socket.isEmpty() ? hostAndPort(server.host, server.port) : server.socket;
}

Verdict missingDriverVerdict(DatabaseKind kind)
{
    const bool mysql = kind == DatabaseKind::Mysql;
    return {Outcome::Internal,
            DatabaseVerdictText::tr(
                "Qt's driver for %1 is not installed on this computer. Install the package %2 and "
                "start the program again.")
                .arg(mysql ? QStringLiteral("MySQL") : QStringLiteral("PostgreSQL"),
                     mysql ? QStringLiteral("libqt6sql6-mysql") : QStringLiteral("libqt6sql6-psql"))};
}

Verdict loginVerdict(const DatabaseCheck &check, const QSqlError &error, microseconds after)
{
    return check.kind == DatabaseKind::Mysql ? mysqlVerdict(check, error, after)
                                             : postgresqlVerdict(check, error, after);
}

Verdict queryVerdict(const DatabaseCheck &check, const QSqlError &error)
{
    return {
        Outcome::ProtocolError,
        DatabaseVerdictText::tr("The database does not answer the query: “%1”.").arg(wordsOf(check, error))};
}

Verdict valueVerdict(const DatabaseCheck &check, const QString &value)
{
    if (value == check.expect)
        return {Outcome::Ok, DatabaseVerdictText::tr("The database answers as expected.")};
    return {Outcome::BodyMismatch, DatabaseVerdictText::tr("The query answers “%1”; expected “%2”.")
                                       .arg(shownBytes(value.toUtf8()), check.expect)};
}

} // namespace backwatch
