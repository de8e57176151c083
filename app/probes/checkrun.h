// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"

#include <functional>

namespace backwatch {

/// One check from its start to its one answer.
class CheckRun
{
public:
    using Done = std::function<void(CheckResult)>;

    CheckRun() = default;
    virtual ~CheckRun() = default;
    CheckRun(const CheckRun &) = delete;
    CheckRun &operator=(const CheckRun &) = delete;

    /// Done may be called from within, and then once at most; the run must not be deleted there.
    virtual void start() = 0;
    virtual void cancel() = 0;
};

} // namespace backwatch
