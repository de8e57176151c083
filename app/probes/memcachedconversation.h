// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/conversation.h"

namespace backwatch {

/// Asks for the version.
class MemcachedConversation final : public Conversation
{
public:
    Step opened() override { return {Step::Then::Listen, QByteArrayLiteral("version\r\n"), {}}; }
    Step received(QByteArray &buffer) override;
    Step closed(const QByteArray &rest) override;
    QString awaited() const override;
};

} // namespace backwatch
