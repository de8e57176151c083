// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/conversation.h"

namespace backwatch {

/// Says something, perhaps, and waits for a text anywhere in what comes, perhaps.
class TcpConversation final : public Conversation
{
public:
    TcpConversation(QByteArray send, const QString &expect)
        : m_send(std::move(send)), m_expect(expect.toUtf8())
    {
    }

    Step opened() override;
    Step received(QByteArray &buffer) override;
    Step closed(const QByteArray &rest) override;
    std::optional<Verdict> expired(const QByteArray &rest) override;
    QString awaited() const override;

private:
    Verdict without(const QByteArray &rest) const;

    QByteArray m_send;
    QByteArray m_expect;
};

} // namespace backwatch
