// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/history/bytes.h"

#include <limits>

namespace backwatch {

// Microseconds in steps of at most one percent, so that what a step stands for is off by at most half a
// percent. Values below kExactBelow are kept as they are. A step holds [m · 2^e, (m + 1) · 2^e) with
// 100 ≤ m < 200 and has the code 100 · e + m. Bounds of steps are integers, so that a value and what its step
// stands for always have the same code.
constexpr quint64 kStepsPerDoubling = 100;
constexpr quint64 kExactBelow = 2 * kStepsPerDoubling;

constexpr quint64 codeOf(quint64 value)
{
    if (value < kExactBelow)
        return value;
    int exponent = digitsOf(value) - digitsOf(kExactBelow - 1); // one less at most
    if ((value >> exponent) >= kExactBelow)
        ++exponent;
    return kStepsPerDoubling * static_cast<quint64>(exponent) + (value >> exponent);
}

/// The middle of a step. A code that codeOf() never gives stands for 0.
constexpr quint64 valueOf(quint64 code)
{
    if (code < kExactBelow)
        return code;
    const quint64 exponent = code / kStepsPerDoubling - 1;
    if (exponent > 57)
        return 0;
    const quint64 mantissa = code % kStepsPerDoubling + kStepsPerDoubling;
    return (mantissa << exponent) + ((quint64(1) << exponent) >> 1);
}

// Durations are never negative; one that is keeps its sign.
constexpr qint64 signedCodeOf(qint64 value)
{
    if (value == std::numeric_limits<qint64>::min()) // has no opposite
        ++value;
    return value < 0 ? -static_cast<qint64>(codeOf(quint64(0) - static_cast<quint64>(value)))
                     : static_cast<qint64>(codeOf(static_cast<quint64>(value)));
}

constexpr qint64 signedValueOf(qint64 code)
{
    return static_cast<qint64>(code < 0 ? quint64(0) - valueOf(quint64(0) - static_cast<quint64>(code))
                                        : valueOf(static_cast<quint64>(code)));
}

} // namespace backwatch
