// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

namespace backwatch {

/// Asks the system keychain for an entry of ours, without a prompt. Success means that there is a service and
/// that it answered; otherwise the sentence says what to start or unlock. Waits at most that long, in an
/// event loop of its own.
Result<void> checkKeychain(int timeoutMs);

} // namespace backwatch
