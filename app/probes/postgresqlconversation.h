// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/conversation.h"

namespace backwatch {

/// Begins a session until PostgreSQL asks who is there, and leaves by closing. That it asks is the sign that
/// it works: while it starts up, shuts down or has no connection left it says so instead.
class PostgresqlConversation final : public Conversation
{
public:
    /// @param secure asks for TLS first, as the protocol provides it
    explicit PostgresqlConversation(bool secure) : m_asksForTls(secure) {}

    Step opened() override;
    Step received(QByteArray &buffer) override;
    Step secured() override;
    Step closed(const QByteArray &rest) override;
    QString awaited() const override;

private:
    bool m_asksForTls;
};

} // namespace backwatch
