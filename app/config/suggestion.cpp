// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/suggestion.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>
#include <vector>

namespace backwatch {

namespace {

/// How people misspell: letter case, and - or _ between words, do not count.
QString folded(const QString &word)
{
    QString result;
    for (const QChar c : word)
        if (c.isLetterOrNumber())
            result += c.toCaseFolded();
    return result;
}

/// Levenshtein's distance; `limit` or more where it is not below that.
qsizetype distance(const QString &a, const QString &b, qsizetype limit)
{
    std::vector<qsizetype> row(static_cast<std::size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (const QChar c : a) {
        qsizetype diagonal = row[0];
        qsizetype least = ++row[0];
        for (std::size_t j = 1; j < row.size(); ++j) {
            const auto changed = diagonal + (c == b[static_cast<qsizetype>(j) - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min(changed, std::min(diagonal, row[j - 1]) + 1);
            least = std::min(least, row[j]);
        }
        if (least >= limit)
            return limit;
    }
    return row.back();
}

} // namespace

QString closestWord(const QString &word, const QStringList &known)
{
    constexpr qsizetype kLongest = 40; // the distance takes a times b steps
    const QString wanted = folded(word);
    if (wanted.isEmpty() || wanted.size() > kLongest)
        return {};
    QString closest;
    qsizetype least = (wanted.size() < 4 ? 1 : std::max<qsizetype>(2, wanted.size() / 3)) + 1;
    for (const auto &candidate : known) {
        const QString other = folded(candidate);
        if (std::abs(other.size() - wanted.size()) >= least)
            continue;
        const auto d = distance(wanted, other, least);
        if (d < least) {
            least = d;
            closest = candidate;
        }
    }
    return closest;
}

QString didYouMean(const QString &word, const QStringList &known)
{
    const QString closest = closestWord(word, known);
    return closest.isEmpty()
               ? QString()
               : QString(u' ' +
                         QCoreApplication::translate("MonitorsFile", "Did you mean \"%1\"?").arg(closest));
}

} // namespace backwatch
