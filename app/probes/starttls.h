// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/servercheck.h"
#include "app/probes/conversation.h"

#include <memory>

namespace backwatch {

/// Comes to TLS in the words of the protocol and leaves politely; with StartTls::None the handshake alone is
/// enough.
std::unique_ptr<Conversation> startTlsConversation(StartTls protocol);

} // namespace backwatch
