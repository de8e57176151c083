// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/conversation.h"

namespace backwatch {

/// Exchanges identifications as RFC 4253, section 4.2 has it, and goes.
class SshConversation final : public Conversation
{
public:
    Step opened() override;
    Step received(QByteArray &buffer) override;
    Step closed(const QByteArray &rest) override;
    QString awaited() const override;
};

} // namespace backwatch
