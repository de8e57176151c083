// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/postgresqlconversation.h"

#include "app/probes/shownbytes.h"

#include <QCoreApplication>
#include <QHash>
#include <QtEndian>

namespace backwatch {

namespace {

struct PostgresqlConversationText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::PostgresqlConversation)
};

QByteArray number(quint32 value)
{
    QByteArray bytes(4, 0);
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray tlsRequest()
{
    constexpr quint32 kCode = 80'877'103;
    return number(8) + number(kCode);
}

QByteArray startup()
{
    constexpr quint32 kProtocol3 = 196'608;
    QByteArray body = number(kProtocol3);
    for (const char *word : {"user", "backwatch", "database", "postgres", "application_name", "backwatch"})
        body += QByteArray(word) + '\0';
    body += '\0';
    return number(static_cast<quint32>(body.size() + 4)) + body;
}

const QByteArray kTerminate = QByteArray::fromHex("5800000004");

/// Fields by their letter: C the SQLSTATE, M the message.
QHash<char, QByteArray> fieldsOf(const QByteArray &body)
{
    QHash<char, QByteArray> fields;
    for (const auto &field : body.split('\0'))
        if (!field.isEmpty())
            fields.insert(field[0], field.mid(1));
    return fields;
}

Verdict errorVerdict(const QByteArray &body)
{
    const auto fields = fieldsOf(body);
    const QByteArray state = fields.value('C');
    const QString words = shownBytes(fields.value('M'));
    if (state == "57P03")
        return {Outcome::ProtocolError,
                PostgresqlConversationText::tr("PostgreSQL is not ready: “%1”.").arg(words)};
    if (state == "53300")
        return {Outcome::ProtocolError,
                PostgresqlConversationText::tr("PostgreSQL has no connection left: “%1”.").arg(words)};
    // 28…: it does not know who is there; 3D000: nor such a database. It looked both up, so it works.
    if (state.startsWith("28") || state == "3D000")
        return {Outcome::Ok, PostgresqlConversationText::tr("PostgreSQL answers.")};
    return {Outcome::ProtocolError,
            PostgresqlConversationText::tr("PostgreSQL answers with an error: “%1”.").arg(words)};
}

} // namespace

Conversation::Step PostgresqlConversation::opened()
{
    return {Step::Then::Listen, m_asksForTls ? tlsRequest() : startup(), {}};
}

Conversation::Step PostgresqlConversation::secured()
{
    m_asksForTls = false;
    return {Step::Then::Listen, startup(), {}};
}

Conversation::Step PostgresqlConversation::received(QByteArray &buffer)
{
    const auto stranger = [&buffer] {
        return Step{Step::Then::Leave,
                    {},
                    {Outcome::ProtocolError,
                     PostgresqlConversationText::tr("This is no PostgreSQL server; it says “%1”.")
                         .arg(shownBytes(buffer))}};
    };
    if (m_asksForTls) {
        if (buffer == "S")
            return {Step::Then::Secure, {}, {}};
        if (buffer == "N")
            return {
                Step::Then::Leave,
                {},
                {Outcome::ProtocolError, PostgresqlConversationText::tr("PostgreSQL does not offer TLS.")}};
        return stranger();
    }
    constexpr qsizetype kHead = 5;
    constexpr quint32 kSensible = 30'000;
    if (buffer.size() < kHead)
        return buffer.isEmpty() || buffer[0] == 'R' || buffer[0] == 'E' ? Step{} : stranger();
    const auto length = qFromBigEndian<quint32>(buffer.constData() + 1);
    if ((buffer[0] != 'R' && buffer[0] != 'E') || length < 4 || length > kSensible)
        return stranger();
    if (buffer.size() < static_cast<qsizetype>(length) + 1)
        return {};
    const char kind = buffer[0];
    const QByteArray body = buffer.mid(kHead, static_cast<qsizetype>(length) - 4);
    buffer.clear();
    // In the midst of a login the server takes a farewell for a broken answer and logs an error; it expects
    // clients that have to ask for a password first to close. Only one that is let in takes leave.
    const bool letIn = body.startsWith(QByteArray(4, 0));
    if (kind == 'R')
        return {Step::Then::Leave,
                letIn ? kTerminate : QByteArray(),
                {Outcome::Ok, PostgresqlConversationText::tr("PostgreSQL answers.")}};
    return {Step::Then::Leave, {}, errorVerdict(body)};
}

Conversation::Step PostgresqlConversation::closed(const QByteArray &)
{
    return {Step::Then::Leave,
            {},
            {Outcome::ClosedEarly,
             PostgresqlConversationText::tr("PostgreSQL closed the connection without an answer.")}};
}

QString PostgresqlConversation::awaited() const
{
    return m_asksForTls ? PostgresqlConversationText::tr("PostgreSQL's answer on TLS")
                        : PostgresqlConversationText::tr("PostgreSQL's question who is there");
}

} // namespace backwatch
