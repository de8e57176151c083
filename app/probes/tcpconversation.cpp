// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/tcpconversation.h"

#include "app/probes/shownbytes.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

struct TcpConversationText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::TcpConversation)
};

} // namespace

Conversation::Step TcpConversation::opened()
{
    if (m_expect.isEmpty())
        return {Step::Then::Leave,
                m_send,
                {Outcome::Ok, TcpConversationText::tr("The connection was accepted.")}};
    return {Step::Then::Listen, m_send, {}};
}

Conversation::Step TcpConversation::received(QByteArray &buffer)
{
    if (!buffer.contains(m_expect))
        return {};
    return {Step::Then::Leave,
            {},
            {Outcome::Ok, TcpConversationText::tr("“%1” came.").arg(shownBytes(m_expect))}};
}

Verdict TcpConversation::without(const QByteArray &rest) const
{
    return {Outcome::BodyMismatch, TcpConversationText::tr("“%1” was expected, but “%2” came.")
                                       .arg(shownBytes(m_expect), shownBytes(rest))};
}

Conversation::Step TcpConversation::closed(const QByteArray &rest)
{
    if (!rest.isEmpty())
        return {Step::Then::Leave, {}, without(rest)};
    return {
        Step::Then::Leave,
        {},
        {Outcome::ClosedEarly,
         TcpConversationText::tr("The connection was closed before “%1” came.").arg(shownBytes(m_expect))}};
}

std::optional<Verdict> TcpConversation::expired(const QByteArray &rest)
{
    return rest.isEmpty() ? std::nullopt : std::optional(without(rest));
}

QString TcpConversation::awaited() const
{
    return TcpConversationText::tr("the expected text “%1”").arg(shownBytes(m_expect));
}

} // namespace backwatch
