// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"
#include "app/load/loadreport.h"
#include "app/probes/probe.h"

namespace backwatch {

/// What a probe is to ask a load source. Redirects are not followed: what asks for a login is no status page.
ProbeRequest loadQuestion(const LoadSource &source, quint64 token);

/// What the source answered. An error is one sentence that names it.
Result<LoadReport> loadAnswer(const LoadSource &source, const CheckResult &result);

} // namespace backwatch
