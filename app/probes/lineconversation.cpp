// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/lineconversation.h"

#include "app/probes/shownbytes.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

struct LineConversationText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::LineConversation)
};

bool goesOn(const QByteArray &line)
{
    return line.size() > 3 && line[3] == '-';
}

} // namespace

Conversation::Step LineConversation::received(QByteArray &buffer)
{
    for (auto end = buffer.indexOf('\n'); end >= 0; end = buffer.indexOf('\n')) {
        const QByteArray line = buffer.first(end).trimmed();
        buffer.remove(0, end + 1);
        const bool skipped = m_turn > 0 && !m_skip.isEmpty() && line.startsWith(m_skip);
        if (line.isEmpty() || skipped)
            continue;
        if (m_turn == 0 && m_greeting.isEmpty())
            m_greeting = line;
        if (m_numbered && goesOn(line) && line.startsWith(m_turns[m_turn].reply))
            continue;
        // What follows a reply belongs to the next turn, and that has not been said yet.
        return answered(line);
    }
    return {};
}

Conversation::Step LineConversation::answered(const QByteArray &line)
{
    const Turn turn = m_turns[m_turn];
    if (!line.startsWith(turn.reply))
        return {Step::Then::Leave,
                {},
                {Outcome::ProtocolError,
                 m_turn == 0 ? LineConversationText::tr("The greeting is “%1”.").arg(shownBytes(line))
                             : LineConversationText::tr("The server answers “%1” to %2.")
                                   .arg(shownBytes(line), shownBytes(m_turns[m_turn - 1].say))}};
    ++m_turn;
    if (turn.leave)
        return {Step::Then::Leave, turn.say, {Outcome::Ok, shownBytes(m_greeting)}};
    return {turn.secure ? Step::Then::Secure : Step::Then::Listen, turn.say, {}};
}

Conversation::Step LineConversation::secured()
{
    const QByteArray goodbye = m_turns[m_turn].say;
    return {Step::Then::Leave, goodbye, {Outcome::Ok, shownBytes(m_greeting)}};
}

Conversation::Step LineConversation::closed(const QByteArray &rest)
{
    QString sentence = m_turn == 0
                           ? LineConversationText::tr("The connection was closed without a greeting.")
                           : LineConversationText::tr("The connection was closed in the middle of the talk.");
    if (!rest.isEmpty())
        sentence = LineConversationText::tr("The connection was closed after “%1”.").arg(shownBytes(rest));
    return {Step::Then::Leave, {}, {Outcome::ClosedEarly, sentence}};
}

QString LineConversation::awaited() const
{
    return m_turn == 0 ? LineConversationText::tr("the greeting of the server")
                       : LineConversationText::tr("the server's answer");
}

std::unique_ptr<Conversation> smtpGreeting()
{
    return std::make_unique<LineConversation>(
        true, QByteArray(), QList<LineConversation::Turn>{{"220", "QUIT\r\n", false, true}});
}

std::unique_ptr<Conversation> imapGreeting()
{
    return std::make_unique<LineConversation>(
        false, QByteArray(), QList<LineConversation::Turn>{{"* OK", "a1 LOGOUT\r\n", false, true}});
}

} // namespace backwatch
