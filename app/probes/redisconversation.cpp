// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/redisconversation.h"

#include "app/probes/shownbytes.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

struct RedisConversationText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::RedisConversation)
};

const QByteArray kPing = QByteArrayLiteral("*1\r\n$4\r\nPING\r\n");
const QByteArray kQuit = QByteArrayLiteral("*1\r\n$4\r\nQUIT\r\n");

/// As an array of strings of stated length, so that no character of a password means anything.
QByteArray command(const QByteArrayList &words)
{
    QByteArray text = '*' + QByteArray::number(words.size()) + "\r\n";
    for (const auto &word : words)
        text += '$' + QByteArray::number(word.size()) + "\r\n" + word + "\r\n";
    return text;
}

} // namespace

Conversation::Step RedisConversation::opened()
{
    if (m_check.password.value.isEmpty())
        return {Step::Then::Listen, kPing, {}};
    m_authenticating = true;
    QByteArrayList words{QByteArrayLiteral("AUTH")};
    if (!m_check.user.isEmpty())
        words += m_check.user.toUtf8();
    words += m_check.password.value.toUtf8();
    return {Step::Then::Listen, command(words), {}};
}

Conversation::Step RedisConversation::received(QByteArray &buffer)
{
    const auto end = buffer.indexOf('\n');
    if (end < 0)
        return {};
    const QByteArray line = buffer.first(end).trimmed();
    buffer.remove(0, end + 1);
    if (m_authenticating && line == "+OK") {
        m_authenticating = false;
        return {Step::Then::Listen, kPing, {}};
    }
    if (!m_authenticating && line == "+PONG")
        return {Step::Then::Leave, kQuit, {Outcome::Ok, RedisConversationText::tr("Redis answers PONG.")}};
    return refused(line);
}

Conversation::Step RedisConversation::refused(const QByteArray &line) const
{
    Verdict verdict{Outcome::ProtocolError, {}};
    if (line.startsWith("-NOAUTH"))
        verdict = {Outcome::AuthRejected,
                   RedisConversationText::tr("Redis wants a password, and the check has none.")};
    else if (line.startsWith("-WRONGPASS") || (m_authenticating && line.startsWith("-ERR invalid password")))
        verdict = {Outcome::AuthRejected,
                   RedisConversationText::tr("Redis does not accept the user or the password.")};
    else if (line.startsWith("-NOPERM"))
        verdict = {Outcome::AuthRejected,
                   RedisConversationText::tr("Redis does not let this user ask PING.")};
    else if (line.startsWith("-LOADING"))
        verdict.detail = RedisConversationText::tr("Redis is still loading its data.");
    else if (line.startsWith("-MASTERDOWN"))
        verdict.detail = RedisConversationText::tr("This Redis replica has lost its master.");
    else if (line.contains("max number of clients"))
        verdict.detail = RedisConversationText::tr("Redis has reached its limit of clients.");
    else if (line.startsWith("-DENIED"))
        verdict.detail =
            RedisConversationText::tr("Redis takes connections from its own machine only (protected mode).");
    else if (line.startsWith('-'))
        verdict.detail =
            RedisConversationText::tr("Redis answers with an error: “%1”.").arg(shownBytes(line.mid(1)));
    else
        verdict.detail =
            RedisConversationText::tr("This is no Redis server; it says “%1”.").arg(shownBytes(line));
    return {Step::Then::Leave, line.startsWith('-') ? kQuit : QByteArray(), verdict};
}

Conversation::Step RedisConversation::closed(const QByteArray &rest)
{
    return {Step::Then::Leave,
            {},
            {Outcome::ClosedEarly,
             rest.isEmpty()
                 ? RedisConversationText::tr("Redis closed the connection without an answer.")
                 : RedisConversationText::tr("The connection was closed after “%1”.").arg(shownBytes(rest))}};
}

QString RedisConversation::awaited() const
{
    return RedisConversationText::tr("an answer of Redis");
}

} // namespace backwatch
