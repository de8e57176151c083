// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/rollup.h"

#include <array>

namespace backwatch {

/// What response codes are drawn together, from the foot of a column to its top: one hue each.
enum class CodeClass { Success, Redirect, Other, ClientError, ServerError, Unavailable, NoAnswer };

constexpr int kCodeClassCount = 7;

CodeClass codeClass(int httpStatus);
/// A code whose hue in the palette stands for the class.
int hueCode(CodeClass codeClass);
bool isFailure(CodeClass codeClass);

using CodeCounts = std::array<int, kCodeClassCount>;

CodeCounts countByClass(const Rollup &rollup);

struct LegendItem
{
    int hueCode = 0; ///< 0: no answer
    QString label;   ///< "200" where the class has one code only, else "2xx"
    int count = 0;
};

/// What a legend says of these buckets: the classes that occur, and how often.
QList<LegendItem> codeLegend(const QList<Rollup> &rollups);
/// The codes of one bucket, each with its count; the most telling (the failures) first.
QList<LegendItem> codeDetails(const Rollup &rollup);

/// Heights in pixels of the parts of one column. A failure is never lower than `least`, so that one 503 among
/// a thousand good answers is still seen; what that takes comes off the highest part.
std::array<int, kCodeClassCount> stackHeights(const CodeCounts &counts, double pixelsPerCheck, int least);

} // namespace backwatch
