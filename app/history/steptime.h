// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"

#include <chrono>

namespace backwatch {

/// How long the writer does other things before it looks for samples again.
class StepTime
{
public:
    bool isOver() const { return std::chrono::steady_clock::now() - m_begun > milliseconds(2); }

private:
    const std::chrono::steady_clock::time_point m_begun = std::chrono::steady_clock::now();
};

} // namespace backwatch
