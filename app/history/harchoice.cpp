// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/harchoice.h"

#include <QUrl>

#include <compare>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

/// How much an entry asks for an explanation.
enum class Trouble {
    Foreign, ///< nothing that went over the network: data:, blob:, an extension of the browser
    None,
    Refusal, ///< 4xx
    Silence, ///< no answer, and not why
    Failure,
};

struct Rank
{
    Trouble trouble = Trouble::Foreign;
    Wanted wanted = Wanted::Part;

    auto operator<=>(const Rank &) const = default;
};

bool isOfNetwork(const QJsonObject &entry)
{
    const QString scheme = QUrl(entry.value("request"_L1).toObject().value("url"_L1).toString()).scheme();
    return scheme.startsWith("http"_L1) || scheme.startsWith("ws"_L1);
}

Trouble troubleOf(const QJsonObject &entry, Browser by, Wanted wanted)
{
    constexpr int kTooManyRequests = 429;
    const int status = entry.value("response"_L1).toObject().value("status"_L1).toInt();
    const Outcome outcome = outcomeOfEntry(entry, by);
    if (isCutShort(entry, by) || status >= 500 || status == kTooManyRequests)
        return Trouble::Failure;
    if (status >= 400)
        return wanted == Wanted::Part ? Trouble::None : Trouble::Refusal;
    if (judgementOf(outcome) == Judgement::Failed)
        return Trouble::Failure;
    // Parts without an answer and a reason are mostly those that the browser was told not to load.
    return outcome == Outcome::Internal && wanted == Wanted::Page ? Trouble::Silence : Trouble::None;
}

} // namespace

// A program writes what it is about; only a browser records whatever happened.
std::optional<qsizetype> entryToExplain(const QJsonArray &entries, Browser by)
{
    std::optional<qsizetype> chosen;
    Rank highest;
    for (qsizetype i = 0; i < entries.size(); ++i) {
        if (!entries.at(i).isObject())
            continue;
        const QJsonObject entry = entries.at(i).toObject();
        Rank rank;
        if (by != Browser::None) {
            rank.wanted = wantedBy(entry);
            if (isOfNetwork(entry))
                rank.trouble = troubleOf(entry, by, rank.wanted);
        }
        if (!chosen || rank >= highest) {
            chosen = i;
            highest = rank;
        }
    }
    return chosen;
}

} // namespace backwatch
