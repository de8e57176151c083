// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/databaselogin.h"

#include "app/probes/databaseverdict.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

#include <algorithm>
#include <mutex>

namespace backwatch {

namespace {

using std::chrono::steady_clock;

struct DatabaseLoginText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::DatabaseProbe)
};

QString driverOf(DatabaseKind kind)
{
    return kind == DatabaseKind::Mysql ? QStringLiteral("QMYSQL") : QStringLiteral("QPSQL");
}

microseconds since(steady_clock::time_point begin)
{
    return std::chrono::floor<microseconds>(steady_clock::now() - begin);
}

/// A connection of the Qt Sql register, of this thread alone and gone with this object. The drivers count
/// their connections without a lock, so they are made and removed one at a time.
class Connection
{
public:
    explicit Connection(DatabaseKind kind)
    {
        static std::atomic<quint64> last = 0;
        m_name = QStringLiteral("probe-%1").arg(++last);
        const std::scoped_lock lock(mutex());
        m_database = QSqlDatabase::addDatabase(driverOf(kind), m_name);
    }
    ~Connection()
    {
        m_database.close();
        const std::scoped_lock lock(mutex());
        m_database = {};
        QSqlDatabase::removeDatabase(m_name);
    }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    QSqlDatabase &database() { return m_database; }

private:
    static std::mutex &mutex()
    {
        static std::mutex it;
        return it;
    }

    QString m_name;
    QSqlDatabase m_database;
};

/// Only numbers and constants of this program: values of the check would be able to end an option.
QString mysqlOptions(const DatabaseCheck &check, qint64 seconds)
{
    QString options = QStringLiteral("MYSQL_OPT_CONNECT_TIMEOUT=%1;MYSQL_OPT_READ_TIMEOUT=%1;"
                                     "MYSQL_OPT_WRITE_TIMEOUT=%1")
                          .arg(seconds);
    if (check.secure)
        options += QStringLiteral(";CLIENT_SSL=1");
    if (!check.server.socket.isEmpty())
        options += QStringLiteral(";UNIX_SOCKET=") + check.server.socket;
    return options;
}

QString postgresqlOptions(const DatabaseCheck &check, qint64 seconds)
{
    const QString mode = check.secure ? QStringLiteral("require") : QStringLiteral("prefer");
    return QStringLiteral("connect_timeout=%1;application_name=backwatch;sslmode=%2").arg(seconds).arg(mode);
}

void describe(QSqlDatabase &database, const DatabaseCheck &check, milliseconds left)
{
    constexpr std::chrono::seconds kLeast{2}; // below, libpq rounds up by itself
    const qint64 seconds = std::max(kLeast, std::chrono::ceil<std::chrono::seconds>(left)).count();
    const ServerAddress &server = check.server;
    database.setUserName(check.user);
    database.setPassword(check.password.value);
    database.setDatabaseName(check.database);
    if (server.socket.isEmpty()) {
        // MySQL's library takes "localhost" for the Unix socket.
        const bool local = server.host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0;
        const bool mysql = check.kind == DatabaseKind::Mysql;
        const QString loopback =
            server.family == AddressFamily::Ipv6 ? QStringLiteral("::1") : QStringLiteral("127.0.0.1");
        database.setHostName(local && mysql ? loopback : server.host);
        database.setPort(server.port);
    } else if (check.kind == DatabaseKind::Postgresql) {
        const QFileInfo socket(server.socket); // ".s.PGSQL.5432"
        database.setHostName(socket.path());
        database.setPort(socket.suffix().toInt());
    }
    database.setConnectOptions(check.kind == DatabaseKind::Mysql ? mysqlOptions(check, seconds)
                                                                 : postgresqlOptions(check, seconds));
}

/// The driver goes on without TLS where the server has none.
bool isEncrypted(const QSqlDatabase &database)
{
    QSqlQuery query(database);
    return query.exec(QStringLiteral("SHOW SESSION STATUS LIKE 'Ssl_cipher'")) && query.next() &&
           !query.value(1).toString().isEmpty();
}

Verdict ask(const QSqlDatabase &database, const DatabaseCheck &check)
{
    if (check.secure && check.kind == DatabaseKind::Mysql && !isEncrypted(database))
        return {Outcome::ProtocolError, DatabaseLoginText::tr("The database does not offer TLS.")};
    QSqlQuery query(database);
    query.setForwardOnly(true); // or the driver would fetch all rows
    if (!query.exec(check.query.isEmpty() ? QStringLiteral("SELECT 1") : check.query))
        return queryVerdict(check, query.lastError());
    if (check.expect.isEmpty())
        return {Outcome::Ok, DatabaseLoginText::tr("The database answers.")};
    if (!query.next())
        return {Outcome::BodyMismatch,
                DatabaseLoginText::tr("The query found no row; expected “%1”.").arg(check.expect)};
    return valueVerdict(check, query.value(0).toString());
}

} // namespace

DatabaseAnswer askDatabase(const DatabaseCheck &check, milliseconds left, std::atomic<LoginStage> &stage)
{
    DatabaseAnswer answer;
    if (!QSqlDatabase::isDriverAvailable(driverOf(check.kind))) {
        answer.verdict = missingDriverVerdict(check.kind);
        return answer;
    }
    if (check.server.socket.contains(u';')) {
        answer.verdict = {Outcome::Internal,
                          DatabaseLoginText::tr("The path of a socket cannot have a semicolon in it.")};
        return answer;
    }
    Connection connection(check.kind);
    QSqlDatabase &database = connection.database();
    describe(database, check, left);

    const auto begin = steady_clock::now();
    stage = LoginStage::Opening;
    const bool opened = database.open();
    answer.open = since(begin);
    if (!opened) {
        answer.verdict = loginVerdict(check, database.lastError(), answer.open);
        return answer;
    }
    const auto asked = steady_clock::now();
    stage = LoginStage::Asking;
    answer.verdict = ask(database, check);
    answer.waiting = since(asked);
    return answer;
}

} // namespace backwatch
