// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/servercheck.h"
#include "app/probes/conversation.h"

namespace backwatch {

/// AUTH where there is a password, PING, QUIT.
class RedisConversation final : public Conversation
{
public:
    explicit RedisConversation(const RedisCheck &check) : m_check(check) {}

    Step opened() override;
    Step received(QByteArray &buffer) override;
    Step closed(const QByteArray &rest) override;
    QString awaited() const override;

private:
    Step refused(const QByteArray &line) const;

    RedisCheck m_check;
    bool m_authenticating = false;
};

} // namespace backwatch
