// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/conversation.h"

namespace backwatch {

/// Reads the greeting of MySQL or MariaDB and takes leave in the only way that the server does not hold
/// against this machine: by a login that is refused in due form. A connection that ends before it counts as
/// an error of the host, and after max_connect_errors of them in a row the host is locked out.
class MysqlConversation final : public Conversation
{
public:
    /// @param secure asks for TLS, as the protocol provides it
    explicit MysqlConversation(bool secure) : m_secure(secure) {}

    Step opened() override { return {}; }
    Step received(QByteArray &buffer) override;
    Step secured() override;
    Step closed(const QByteArray &rest) override;
    QString awaited() const override;

private:
    Step greeted(const QByteArray &packet);
    Step answered(const QByteArray &packet, int sequence);

    bool m_secure;
    bool m_greeted = false;
    Verdict m_verdict;
};

} // namespace backwatch
