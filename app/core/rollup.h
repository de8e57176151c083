// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/core/timestamp.h"

#include <QList>

#include <optional>

namespace backwatch {

/// How often one status code was seen, or what stands for it (see answerCode()).
struct CodeCount
{
    int code = 0;
    int count = 0;

    bool operator==(const CodeCount &) const = default;
};

/// What the samples that started in [start, start + width) amount to. Latencies are totals of checks that got
/// an answer; absent when there was none.
struct Rollup
{
    UtcMs start = 0;
    milliseconds width{0};
    int checks = 0;
    int failures = 0;
    QList<CodeCount> codes; ///< ascending by code
    std::optional<microseconds> min;
    std::optional<microseconds> p50;
    std::optional<microseconds> p95;
    std::optional<microseconds> p99;
    std::optional<microseconds> max;

    bool operator==(const Rollup &) const = default;
};

} // namespace backwatch
