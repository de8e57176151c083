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

/// Levenshtein's distance.
qsizetype distance(const QString &a, const QString &b)
{
    std::vector<qsizetype> row(static_cast<std::size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        qsizetype diagonal = row[0];
        row[0] = i + 1;
        for (qsizetype j = 0; j < b.size(); ++j) {
            auto &cell = row[static_cast<std::size_t>(j) + 1];
            const auto changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = cell;
            cell = std::min({changed, cell + 1, row[static_cast<std::size_t>(j)] + 1});
        }
    }
    return row.back();
}

} // namespace

QString closestWord(const QString &word, const QStringList &known)
{
    constexpr qsizetype kLongest = 200; // the distance takes a times b steps
    const QString wanted = folded(word);
    if (wanted.isEmpty() || wanted.size() > kLongest)
        return {};
    QString closest;
    qsizetype least = (wanted.size() < 4 ? 1 : std::max<qsizetype>(2, wanted.size() / 3)) + 1;
    for (const auto &candidate : known) {
        if (std::abs(candidate.size() - wanted.size()) > kLongest)
            continue;
        const auto d = distance(wanted, folded(candidate));
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
