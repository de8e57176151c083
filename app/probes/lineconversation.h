// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/conversation.h"

#include <QList>

#include <memory>

namespace backwatch {

/// Protocols of lines in which each command has a reply that says by its beginning whether it went well:
/// SMTP, FTP, POP3, IMAP.
class LineConversation final : public Conversation
{
public:
    /// What comes when the reply before was as expected.
    struct Turn
    {
        QByteArray reply;    ///< how the reply begins that is awaited: "220", "+OK", "a1 OK"
        QByteArray say;      ///< then, with its line end; empty: nothing
        bool secure = false; ///< TLS begins then
        bool leave = false;  ///< all is well then
    };

    /// @param numbered replies of three digits, which may take several lines ("220-…" goes on)
    /// @param skip lines that begin so are no replies: IMAP's "* " after the greeting
    LineConversation(bool numbered, QByteArray skip, QList<Turn> turns)
        : m_numbered(numbered), m_skip(std::move(skip)), m_turns(std::move(turns))
    {
    }

    Step opened() override { return {}; }
    Step received(QByteArray &buffer) override;
    Step secured() override;
    Step closed(const QByteArray &rest) override;
    QString awaited() const override;

private:
    Step answered(const QByteArray &line);

    bool m_numbered;
    QByteArray m_skip;
    QList<Turn> m_turns;
    qsizetype m_turn = 0;
    QByteArray m_greeting;
};

/// The greeting, then a polite end.
std::unique_ptr<Conversation> smtpGreeting();
std::unique_ptr<Conversation> imapGreeting();

} // namespace backwatch
