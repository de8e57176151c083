// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/memcachedconversation.h"

#include "app/probes/shownbytes.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

struct MemcachedConversationText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::MemcachedConversation)
};

} // namespace

Conversation::Step MemcachedConversation::received(QByteArray &buffer)
{
    const auto end = buffer.indexOf('\n');
    if (end < 0)
        return {};
    const QByteArray line = buffer.first(end).trimmed();
    buffer.remove(0, end + 1);
    const QByteArray quit = QByteArrayLiteral("quit\r\n");
    if (line.startsWith("VERSION "))
        return {Step::Then::Leave,
                quit,
                {Outcome::Ok,
                 MemcachedConversationText::tr("Memcached %1 answers.").arg(shownBytes(line.mid(8), 40))}};
    const bool refuses = line.startsWith("ERROR") || line.startsWith("SERVER_ERROR");
    return {
        Step::Then::Leave,
        refuses ? quit : QByteArray(),
        {Outcome::ProtocolError,
         refuses
             ? MemcachedConversationText::tr("Memcached answers with an error: “%1”.").arg(shownBytes(line))
             : MemcachedConversationText::tr("This is no Memcached server; it says “%1”.")
                   .arg(shownBytes(line))}};
}

Conversation::Step MemcachedConversation::closed(const QByteArray &)
{
    return {Step::Then::Leave,
            {},
            {Outcome::ClosedEarly,
             MemcachedConversationText::tr("Memcached closed the connection without an answer.")}};
}

QString MemcachedConversation::awaited() const
{
    return MemcachedConversationText::tr("the version of Memcached");
}

} // namespace backwatch
