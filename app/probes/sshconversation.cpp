// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/sshconversation.h"

#include "app/probes/shownbytes.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

struct SshConversationText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::SshConversation)
};

} // namespace

Conversation::Step SshConversation::opened()
{
    // A server that hears nothing calls it an attack in its log.
    return {Step::Then::Listen, QByteArrayLiteral("SSH-2.0-Backwatch_" BACKWATCH_VERSION "\r\n"), {}};
}

Conversation::Step SshConversation::received(QByteArray &buffer)
{
    for (auto end = buffer.indexOf('\n'); end >= 0; end = buffer.indexOf('\n')) {
        const QByteArray line = buffer.first(end).trimmed();
        buffer.remove(0, end + 1);
        if (line.startsWith("SSH-2.0-") || line.startsWith("SSH-1.99-"))
            return {Step::Then::Leave, {}, {Outcome::Ok, shownBytes(line)}};
        if (line.startsWith("SSH-"))
            return {Step::Then::Leave,
                    {},
                    {Outcome::ProtocolError,
                     SshConversationText::tr("The server speaks an SSH that is too old: “%1”.")
                         .arg(shownBytes(line))}};
        // Other lines may come before; one of another protocol ends the patience.
        if (line.startsWith("HTTP/") || line.startsWith("220") || line.startsWith("* OK"))
            return {Step::Then::Leave,
                    {},
                    {Outcome::ProtocolError,
                     SshConversationText::tr("This is no SSH server; it says “%1”.").arg(shownBytes(line))}};
    }
    return {};
}

Conversation::Step SshConversation::closed(const QByteArray &rest)
{
    return {Step::Then::Leave,
            {},
            {Outcome::ClosedEarly,
             rest.isEmpty()
                 ? SshConversationText::tr("The connection was closed before the server named itself.")
                 : SshConversationText::tr("The connection was closed after “%1”.").arg(shownBytes(rest))}};
}

QString SshConversation::awaited() const
{
    return SshConversationText::tr("the identification of the SSH server");
}

} // namespace backwatch
