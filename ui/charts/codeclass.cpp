// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/codeclass.h"

#include "app/core/answercode.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace backwatch {

namespace {

QString noAnswer()
{
    return QCoreApplication::translate("CodeClass", "No answer");
}

/// A code as a legend names it, also where there is none.
QString codeWord(int code)
{
    switch (code) {
    case kNoAnswer:
        return noAnswer();
    case kAnswered:
        return QCoreApplication::translate("CodeClass", "Answered");
    case kWrongAnswer:
        return QCoreApplication::translate("CodeClass", "Wrong answer");
    default:
        return QString::number(code);
    }
}

QString className(CodeClass codeClass)
{
    switch (codeClass) {
    case CodeClass::Success:
        return QStringLiteral("2xx");
    case CodeClass::Redirect:
        return QStringLiteral("3xx");
    case CodeClass::ClientError:
        return QStringLiteral("4xx");
    case CodeClass::ServerError:
        return QStringLiteral("5xx");
    case CodeClass::Unavailable:
        return QStringLiteral("503");
    case CodeClass::NoAnswer:
        return noAnswer();
    case CodeClass::Other:
        break;
    }
    return QCoreApplication::translate("CodeClass", "Other codes");
}

} // namespace

CodeClass codeClass(int httpStatus)
{
    if (httpStatus == kNoAnswer)
        return CodeClass::NoAnswer;
    if (httpStatus == kAnswered)
        return CodeClass::Success;
    if (httpStatus == kWrongAnswer)
        return CodeClass::ServerError;
    if (httpStatus == 503)
        return CodeClass::Unavailable;
    switch (httpStatus / 100) {
    case 2:
        return CodeClass::Success;
    case 3:
        return CodeClass::Redirect;
    case 4:
        return CodeClass::ClientError;
    case 5:
        return CodeClass::ServerError;
    default:
        return CodeClass::Other;
    }
}

int hueCode(CodeClass codeClass)
{
    static constexpr std::array<int, kCodeClassCount> kCodes{200, 300, 100, 400, 500, 503, 0};
    return kCodes[static_cast<std::size_t>(codeClass)];
}

bool isFailure(CodeClass codeClass)
{
    return codeClass >= CodeClass::ClientError;
}

CodeCounts countByClass(const Rollup &rollup)
{
    CodeCounts counts{};
    for (const auto &entry : rollup.codes)
        counts[static_cast<std::size_t>(codeClass(entry.code))] += entry.count;
    return counts;
}

QList<LegendItem> codeLegend(const QList<Rollup> &rollups)
{
    QMap<CodeClass, QMap<int, int>> found;
    for (const auto &rollup : rollups) {
        for (const auto &entry : rollup.codes)
            found[codeClass(entry.code)][entry.code] += entry.count;
    }
    QList<LegendItem> items;
    for (auto it = found.cbegin(); it != found.cend(); ++it) {
        const int sum = std::accumulate(it->cbegin(), it->cend(), 0);
        const bool single = it->size() == 1;
        items.append({hueCode(it.key()), single ? codeWord(it->firstKey()) : className(it.key()), sum});
    }
    return items;
}

QList<LegendItem> codeDetails(const Rollup &rollup)
{
    QList<CodeCount> codes = rollup.codes;
    std::stable_sort(codes.begin(), codes.end(), [](const CodeCount &a, const CodeCount &b) {
        return codeClass(a.code) > codeClass(b.code);
    });
    QList<LegendItem> items;
    for (const auto &entry : std::as_const(codes))
        items.append({hueCode(codeClass(entry.code)), codeWord(entry.code), entry.count});
    return items;
}

std::array<int, kCodeClassCount> stackHeights(const CodeCounts &counts, double pixelsPerCheck, int least)
{
    std::array<int, kCodeClassCount> heights{};
    const int total = std::accumulate(counts.begin(), counts.end(), 0);
    int excess = -int(std::lround(total * pixelsPerCheck));
    for (std::size_t i = 0; i < heights.size(); ++i) {
        if (counts[i] == 0)
            continue;
        const int floor = isFailure(CodeClass(i)) ? least : 1;
        heights[i] = std::max(floor, int(std::lround(counts[i] * pixelsPerCheck)));
        excess += heights[i];
    }
    auto highest = std::max_element(heights.begin(), heights.end());
    *highest = std::max(std::min(*highest, least), *highest - excess);
    return heights;
}

} // namespace backwatch
