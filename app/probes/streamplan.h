// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/checkspec.h"
#include "app/probes/conversation.h"

#include <memory>

namespace backwatch {

/// How one of the kinds of check that talk over a plain connection is made.
struct StreamPlan
{
    ServerAddress server;
    bool secure = false; ///< TLS from the first byte
    TlsSettings tls;
    std::unique_ptr<Conversation> conversation;
    std::optional<milliseconds> slowAfter;
    int certificateDays = 0; ///< only where the check is about it
};

/// Nothing for kinds that are not made over a plain connection.
std::optional<StreamPlan> streamPlanFor(const CheckSpec &check);

/// The server of such a check; null for other kinds.
ServerAddress *serverOf(CheckSpec &check);

} // namespace backwatch
