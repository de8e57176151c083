// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/streamplan.h"

#include <QTest>

#include <algorithm>

using namespace backwatch;

namespace {

/// What came of a whole conversation.
struct Ending
{
    Verdict verdict;
    QByteArrayList said; ///< by us, one for each time the server is listened to
    bool secured = false;
    bool left = false; ///< before the server closed
};

/// Plays the server: each of its words comes when the client has spoken, in pieces of that size.
class Stage
{
public:
    Stage(const CheckSpec &check, const QByteArrayList &words, qsizetype piece)
        : m_plan(streamPlanFor(check)), m_words(words), m_piece(piece)
    {
    }

    Ending play()
    {
        take(m_plan->conversation->opened());
        for (const auto &word : m_words) {
            for (qsizetype i = 0; i < word.size() && !m_ending.left; i += m_piece) {
                m_buffer += word.mid(i, m_piece);
                take(m_plan->conversation->received(m_buffer));
            }
        }
        if (!m_ending.left)
            m_ending.verdict = m_plan->conversation->closed(m_buffer).verdict;
        return m_ending;
    }

private:
    void take(const Conversation::Step &step)
    {
        if (!step.send.isEmpty())
            m_ending.said += step.send;
        if (step.then == Conversation::Step::Then::Leave) {
            m_ending.left = true;
            m_ending.verdict = step.verdict;
        } else if (step.then == Conversation::Step::Then::Secure) {
            m_ending.secured = true;
            m_buffer.clear();
            take(m_plan->conversation->secured());
        }
    }

    std::optional<StreamPlan> m_plan;
    QByteArrayList m_words;
    qsizetype m_piece;
    QByteArray m_buffer;
    Ending m_ending;
};

TcpCheck tcp(const QByteArray &send, const QString &expect)
{
    TcpCheck check;
    check.send = send;
    check.expect = expect;
    return check;
}

TlsCheck startTls(StartTls protocol)
{
    TlsCheck check;
    check.startTls = protocol;
    return check;
}

MailCheck mail(MailProtocol protocol)
{
    MailCheck check;
    check.protocol = protocol;
    return check;
}

RedisCheck redis(const QString &password, const QString &user = {})
{
    RedisCheck check;
    check.password.value = password;
    check.user = user;
    return check;
}

DatabaseCheck database(DatabaseKind kind, bool secure = false)
{
    DatabaseCheck check;
    check.kind = kind;
    check.secure = secure;
    return check;
}

FastCgiCheck fastCgi(const QString &statusPath = {})
{
    FastCgiCheck check;
    check.statusPath = statusPath;
    return check;
}

QByteArray mysqlPacket(const QByteArray &body, char sequence = 0)
{
    return QByteArray(1, static_cast<char>(body.size())) + QByteArray(2, '\0') + QByteArray(1, sequence) +
           body;
}

QByteArray mysqlGreeting(quint8 capabilitiesHigh = 0xff)
{
    return mysqlPacket(QByteArray("\x0a") + "10.11.6-MariaDB" + QByteArray(1, '\0') + QByteArray(4, '\x05') +
                       QByteArray(8, 'n') + QByteArray(1, '\0') + "\xff" +
                       QByteArray(1, char(capabilitiesHigh)) + QByteArray(30, 'x'));
}

QByteArray mysqlError(quint16 code, const QByteArray &text, char sequence = 0)
{
    return mysqlPacket(QByteArray("\xff") + char(code & 0xff) + char(code >> 8) + text, sequence);
}

QByteArray postgresqlMessage(char kind, const QByteArray &body)
{
    return QByteArray(1, kind) + QByteArray(3, '\0') + QByteArray(1, static_cast<char>(body.size() + 4)) +
           body;
}

QByteArray postgresqlError(const QByteArray &state, const QByteArray &text)
{
    return postgresqlMessage('E', "SFATAL" + QByteArray(1, '\0') + 'C' + state + QByteArray(1, '\0') + 'M' +
                                      text + QByteArray(2, '\0'));
}

QByteArray record(char type, const QByteArray &content, char padding = 0)
{
    return QByteArray("\x01") + type + QByteArray(1, '\0') + "\x01" + QByteArray(1, '\0') +
           QByteArray(1, static_cast<char>(content.size())) + padding + QByteArray(1, '\0') + content +
           QByteArray(padding, 'p');
}

QByteArray page(const QByteArray &output)
{
    return record(6, output, 3) + record(3, QByteArray(8, '\0'));
}

const QByteArray kPong = QByteArrayLiteral("Content-type: text/plain\r\n\r\npong");

QByteArray statusPage(int queue, int idle)
{
    return "Content-type: text/plain\r\n\r\npool:                 www\nlisten queue:         " +
           QByteArray::number(queue) + "\nidle processes:       " + QByteArray::number(idle) +
           "\nactive processes:     5\n";
}

struct Scene
{
    const char *name;
    CheckSpec check;
    QByteArrayList server;
    Outcome outcome;
    const char *sentence; ///< a part of it
    QByteArray lastSaid;  ///< how the last words of ours end; empty: not looked at
};

QList<Scene> textScenes()
{
    using enum Outcome;
    return {
        {"tcp connects", tcp({}, {}), {}, Ok, "accepted", {}},
        {"tcp says and leaves", tcp("bye\r\n", {}), {}, Ok, "accepted", "bye\r\n"},
        {"tcp hears it", tcp("hi", QStringLiteral("ready")), {"not yet, ", "ready now"}, Ok, "ready", "hi"},
        {"tcp hears another thing",
         tcp({}, QStringLiteral("ready")),
         {"no\x01\xff"},
         BodyMismatch,
         "ready",
         {}},
        {"tcp hears nothing", tcp({}, QStringLiteral("ready")), {}, ClosedEarly, "closed", {}},

        {"smtp", mail(MailProtocol::Smtp), {"220 mx.example ESMTP\r\n"}, Ok, "mx.example", "QUIT\r\n"},
        {"smtp in lines",
         mail(MailProtocol::Smtp),
         {"220-one\r\n220-two\r\n220 three\r\n"},
         Ok,
         "one",
         "QUIT\r\n"},
        {"smtp refuses",
         mail(MailProtocol::Smtp),
         {"554 No SMTP service here\r\n"},
         ProtocolError,
         "554 No SMTP",
         {}},
        {"smtp is busy", mail(MailProtocol::Smtp), {"421 Too many\r\n"}, ProtocolError, "421", {}},
        {"smtp closes", mail(MailProtocol::Smtp), {}, ClosedEarly, "greeting", {}},
        {"smtp is a web server",
         mail(MailProtocol::Smtp),
         {"HTTP/1.1 400 Bad\r\n"},
         ProtocolError,
         "HTTP/1.1",
         {}},
        {"imap",
         mail(MailProtocol::Imap),
         {"* OK [CAPABILITY IMAP4] ready\r\n"},
         Ok,
         "ready",
         "a1 LOGOUT\r\n"},
        {"imap says bye",
         mail(MailProtocol::Imap),
         {"* BYE overloaded\r\n"},
         ProtocolError,
         "overloaded",
         {}},

        {"starttls smtp",
         startTls(StartTls::Smtp),
         {"220 mx\r\n", "250-mx\r\n250-SIZE 1\r\n250 STARTTLS\r\n", "220 go\r\n"},
         Ok,
         "mx",
         "QUIT\r\n"},
        {"starttls smtp not there",
         startTls(StartTls::Smtp),
         {"220 mx\r\n", "250 mx\r\n", "502 what\r\n"},
         ProtocolError,
         "502 what",
         {}},
        {"starttls imap",
         startTls(StartTls::Imap),
         {"* OK hi\r\n", "* STATUS x\r\na1 OK begin\r\n"},
         Ok,
         "OK hi",
         "a2 LOGOUT\r\n"},
        {"starttls pop3", startTls(StartTls::Pop3), {"+OK hi\r\n", "+OK begin\r\n"}, Ok, "hi", "QUIT\r\n"},
        {"starttls ftp", startTls(StartTls::Ftp), {"220 hi\r\n", "234 begin\r\n"}, Ok, "hi", "QUIT\r\n"},
        {"starttls ldap",
         startTls(StartTls::Ldap),
         {QByteArray::fromHex("300c02010178070a010004000400")},
         Ok,
         "handshake",
         QByteArray::fromHex("4200")},
        {"starttls ldap in long lengths",
         startTls(StartTls::Ldap),
         {QByteArray::fromHex("308400000010020101788400000007") + QByteArray::fromHex("0a010004000400")},
         Ok,
         "handshake",
         QByteArray::fromHex("4200")},
        {"starttls ldap refused",
         startTls(StartTls::Ldap),
         {QByteArray::fromHex("300c02010178070a010204000400")},
         ProtocolError,
         "refuses",
         {}},
        {"starttls ldap is something else",
         startTls(StartTls::Ldap),
         {"220 mx\r\n"},
         ProtocolError,
         "LDAP",
         {}},

        {"ssh", SshCheck(), {"SSH-2.0-OpenSSH_9.2p1\r\n"}, Ok, "OpenSSH_9.2", "\r\n"},
        {"ssh after a notice", SshCheck(), {"Welcome\r\nSSH-1.99-x\r\n"}, Ok, "SSH-1.99", {}},
        {"ssh too old", SshCheck(), {"SSH-1.5-x\r\n"}, ProtocolError, "too old", {}},
        {"ssh is something else", SshCheck(), {"220 ftp\r\n"}, ProtocolError, "220 ftp", {}},
        {"ssh lets nobody in", SshCheck(), {"Exceeded MaxStartups\r\n"}, ClosedEarly, "closed", {}},

        {"redis", redis({}), {"+PONG\r\n"}, Ok, "PONG", "QUIT\r\n"},
        {"redis with a password",
         redis(QStringLiteral("p w$\r\n")),
         {"+OK\r\n", "+PONG\r\n"},
         Ok,
         "PONG",
         "QUIT\r\n"},
        {"redis wants one",
         redis({}),
         {"-NOAUTH Authentication required.\r\n"},
         AuthRejected,
         "password",
         "QUIT\r\n"},
        {"redis wants another",
         redis(QStringLiteral("x")),
         {"-WRONGPASS invalid\r\n"},
         AuthRejected,
         "password",
         "QUIT\r\n"},
        {"redis loads", redis({}), {"-LOADING Redis is loading\r\n"}, ProtocolError, "loading", "QUIT\r\n"},
        {"redis lost its master", redis({}), {"-MASTERDOWN Link\r\n"}, ProtocolError, "master", "QUIT\r\n"},
        {"redis is full",
         redis({}),
         {"-ERR max number of clients reached\r\n"},
         ProtocolError,
         "clients",
         {}},
        {"redis is protected",
         redis({}),
         {"-DENIED Redis is running in protected mode\r\n"},
         ProtocolError,
         "protected",
         {}},
        {"redis is something else", redis({}), {"220 mx\r\n"}, ProtocolError, "220 mx", {}},

        {"memcached", MemcachedCheck(), {"VERSION 1.6.18\r\n"}, Ok, "1.6.18", "quit\r\n"},
        {"memcached fails",
         MemcachedCheck(),
         {"SERVER_ERROR out of memory\r\n"},
         ProtocolError,
         "out of memory",
         "quit\r\n"},
        {"memcached is something else", MemcachedCheck(), {"* OK\r\n"}, ProtocolError, "* OK", {}},
    };
}

QList<Scene> binaryScenes()
{
    using enum Outcome;
    const auto mysql = database(DatabaseKind::Mysql);
    const auto secureMysql = database(DatabaseKind::Mysql, true);
    const auto postgresql = database(DatabaseKind::Postgresql);
    const auto securePostgresql = database(DatabaseKind::Postgresql, true);
    const QByteArray terminate = QByteArray::fromHex("5800000004");
    return {
        {"mysql",
         mysql,
         {mysqlGreeting(), mysqlError(1045, "#28000Access denied", 2)},
         Ok,
         "10.11.6-MariaDB",
         {}},
        {"mysql that switches",
         mysql,
         {mysqlGreeting(),
          mysqlPacket("\xfe"
                      "other",
                      2),
          mysqlError(1045, "#28000no", 4)},
         Ok,
         "MariaDB",
         {}},
        {"mysql lets in",
         mysql,
         {mysqlGreeting(), mysqlPacket(QByteArray(7, '\0'), 2)},
         Ok,
         "MariaDB",
         QByteArray::fromHex("0100000001")},
        {"mysql is full",
         mysql,
         {mysqlError(1040, "#08004Too many connections")},
         ProtocolError,
         "Too many",
         {}},
        {"mysql locks out", mysql, {mysqlError(1129, "Host is blocked")}, ProtocolError, "FLUSH HOSTS", {}},
        {"mysql is not for us",
         mysql,
         {mysqlError(1130, "Host is not allowed")},
         AuthRejected,
         "not allowed",
         {}},
        {"mysql closes", mysql, {}, ClosedEarly, "greeting", {}},
        {"mysql with tls",
         secureMysql,
         {mysqlGreeting(), mysqlError(1045, "#28000no", 3)},
         Ok,
         "MariaDB",
         {}},
        {"mysql without tls",
         secureMysql,
         {mysqlGreeting(0xf7), mysqlError(1045, "#28000no", 2)},
         ProtocolError,
         "TLS",
         {}},
        {"mysql is something else", mysql, {"SSH-2.0-OpenSSH\r\n"}, ProtocolError, "SSH-2.0", {}},
        {"mysql with a torn greeting",
         mysql,
         {mysqlPacket("\x0a"
                      "10.11")},
         ProtocolError,
         "not one",
         {}},

        {"postgresql", postgresql, {postgresqlMessage('R', QByteArray(8, '\x01'))}, Ok, "answers", {}},
        {"postgresql, let in at once",
         postgresql,
         {postgresqlMessage('R', QByteArray(4, 0))},
         Ok,
         "answers",
         terminate},
        {"postgresql knows nobody",
         postgresql,
         {postgresqlError("28000", "no pg_hba.conf entry")},
         Ok,
         "answers",
         {}},
        {"postgresql starts",
         postgresql,
         {postgresqlError("57P03", "the database system is starting up")},
         ProtocolError,
         "starting up",
         {}},
        {"postgresql is full",
         postgresql,
         {postgresqlError("53300", "sorry, too many clients already")},
         ProtocolError,
         "too many",
         {}},
        {"postgresql with tls",
         securePostgresql,
         {"S", postgresqlMessage('R', QByteArray(8, '\0'))},
         Ok,
         "answers",
         terminate},
        {"postgresql without tls", securePostgresql, {"N"}, ProtocolError, "TLS", {}},
        {"postgresql is something else", postgresql, {"HTTP/1.1 400\r\n"}, ProtocolError, "HTTP/1.1", {}},
        {"postgresql closes", postgresql, {}, ClosedEarly, "closed", {}},

        {"fastcgi", fastCgi(), {page(kPong)}, Ok, "answers", {}},
        {"fastcgi says another thing",
         fastCgi(),
         {page("Content-type: text/html\r\n\r\nhello")},
         BodyMismatch,
         "hello",
         {}},
        {"fastcgi has no such page",
         fastCgi(),
         {record(7, "Primary script unknown") + page("Status: 404 Not Found\r\n\r\nFile not found.\n")},
         BodyMismatch,
         "pm.ping_path",
         {}},
        {"fastcgi fails",
         fastCgi(),
         {page("Status: 500 Internal Server Error\r\n\r\n")},
         ProtocolError,
         "500",
         {}},
        {"fastcgi is overloaded",
         fastCgi(),
         {record(3, QByteArray::fromHex("0000000002000000"))},
         ProtocolError,
         "overloaded",
         {}},
        {"fastcgi status",
         fastCgi(QStringLiteral("/status")),
         {page(kPong), page(statusPage(0, 3))},
         Ok,
         "3 idle",
         {}},
        {"fastcgi status, all busy",
         fastCgi(QStringLiteral("/status")),
         {page(kPong), page(statusPage(12, 0))},
         Slow,
         "12",
         {}},
        {"fastcgi without a status",
         fastCgi(QStringLiteral("/status")),
         {page(kPong), page("Status: 404 Not Found\r\n\r\nFile not found.\n")},
         BodyMismatch,
         "pm.status_path",
         {}},
        {"fastcgi is something else",
         fastCgi(),
         {"HTTP/1.1 400 Bad Request\r\n"},
         ProtocolError,
         "HTTP/1.1",
         {}},
        {"fastcgi closes", fastCgi(), {record(6, kPong)}, ClosedEarly, "closed", {}},
    };
}

} // namespace

Q_DECLARE_METATYPE(Scene)

class TestConversations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scenes_data()
    {
        QTest::addColumn<Scene>("scene");
        QTest::addColumn<int>("piece");
        for (const auto &scene : textScenes() + binaryScenes()) {
            QTest::newRow(scene.name) << scene << 100'000;
            QTest::addRow("%s, byte by byte", scene.name) << scene << 1;
        }
    }

    void scenes()
    {
        QFETCH(Scene, scene);
        QFETCH(int, piece);
        const Ending ending = Stage(scene.check, scene.server, piece).play();
        QVERIFY2(ending.verdict.outcome == scene.outcome,
                 qPrintable(outcomeId(ending.verdict.outcome) + u": " + ending.verdict.detail));
        // The words of a stranger are quoted as far as they have come.
        if (piece > 1 || scene.outcome != Outcome::ProtocolError)
            QVERIFY2(ending.verdict.detail.contains(QString::fromLatin1(scene.sentence)),
                     qPrintable(ending.verdict.detail));
        if (!scene.lastSaid.isEmpty())
            QVERIFY2(ending.said.value(ending.said.size() - 1).endsWith(scene.lastSaid),
                     ending.said.join(" | ").toHex(' ').constData());
        // Only text that a person can read, however rude the server is.
        QVERIFY(std::all_of(ending.verdict.detail.cbegin(), ending.verdict.detail.cend(),
                            [](QChar c) { return c.isPrint(); }));
        QVERIFY(ending.verdict.detail.size() < 400);
    }

    /// A password's own characters mean nothing, and no sentence repeats it.
    void passwordsAreNoCommands()
    {
        const QString password = QStringLiteral("x\r\n*1\r\n$8\r\nFLUSHALL\r\n");
        const Ending ending =
            Stage(redis(password, QStringLiteral("me")), {"-WRONGPASS no\r\n"}, 1'000).play();
        const QByteArray bytes = password.toUtf8();
        const QByteArray counted = '$' + QByteArray::number(bytes.size()) + "\r\n" + bytes + "\r\n";
        QVERIFY(ending.said.first().contains(counted));
        QVERIFY(ending.said.first().startsWith("*3\r\n$4\r\nAUTH\r\n$2\r\nme\r\n"));
        QVERIFY(!ending.verdict.detail.contains(QStringLiteral("FLUSHALL")));
    }

    /// Rubbish of every length ends in a verdict and in nothing else.
    void rubbish()
    {
        quint32 state = 20'260'101;
        const auto random = [&state] { return state = state * 1'664'525 + 1'013'904'223; };
        QList<CheckSpec> checks;
        for (const auto &scene : textScenes() + binaryScenes())
            checks += scene.check;
        const auto scenes = binaryScenes();
        for (int round = 0; round < 4'000; ++round) {
            QByteArray bytes(static_cast<qsizetype>(random() >> 24) * 3, '\0');
            for (auto &byte : bytes)
                byte = static_cast<char>(random() >> 24);
            // Begin as a real server does, so that the rubbish gets further in.
            const auto &scene = scenes.at(round % 20);
            const QByteArray begin = scene.server.value(0).first(
                scene.server.value(0).isEmpty()
                    ? 0
                    : static_cast<qsizetype>(random() % quint32(scene.server.value(0).size())));
            const auto &check = round % 2 ? checks.at(round % checks.size()) : scene.check;
            Stage(check, {begin + bytes, bytes}, 1 + round % 7).play();
        }
    }
};

QTEST_GUILESS_MAIN(TestConversations)
#include "tst_conversations.moc"
