// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/core/servercheck.h"
#include "app/probes/verdict.h"

#include <atomic>
#include <optional>

namespace backwatch {

/// How far a login has come.
enum class LoginStage { Queued, Opening, Asking };

struct DatabaseAnswer
{
    Verdict verdict;
    microseconds open{0};                ///< name, connection and login; the driver does not tell them apart
    std::optional<microseconds> waiting; ///< for the query's answer
};

/// Logs in, asks and leaves; blocks the calling thread for as long as the driver does. The time left goes to
/// the driver, which keeps to it only in full seconds.
DatabaseAnswer askDatabase(const DatabaseCheck &check, milliseconds left, std::atomic<LoginStage> &stage);

} // namespace backwatch
