// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/ranking.h"

#include "app/diagnosis/causewords.h"

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kFirstPlace = 10;
constexpr int kLastPlace = 2;
constexpr int kPlacesPerWeight = 3;
/// Evidence of this weight for a cause that was a mere possibility makes it more than that.
constexpr int kMakesLikely = 3;

} // namespace

Ranking::Entry *Ranking::find(CauseKind kind)
{
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                                    [kind](const Entry &one) { return one.cause.kind == kind; });
    return entry == m_entries.end() ? nullptr : &*entry;
}

bool Ranking::suspects(CauseKind kind) const
{
    return std::any_of(m_entries.begin(), m_entries.end(),
                       [kind](const Entry &one) { return one.cause.kind == kind; });
}

void Ranking::start(CauseKind kind, Confidence confidence, const QString &fact)
{
    if (suspects(kind))
        return;
    Entry entry;
    entry.cause.kind = kind;
    entry.cause.confidence = confidence;
    entry.points = std::max(kLastPlace, kFirstPlace - m_started++);
    if (!fact.isEmpty())
        entry.cause.supporting.append(fact);
    m_entries.append(entry);
}

void Ranking::weigh(const CauseEffect &effect)
{
    Entry *entry = find(effect.kind);
    if (!entry) {
        if (effect.weight <= 0)
            return;
        m_entries.append(Entry{{effect.kind, Confidence::Low, {}, {}, {}}, 0, false});
        entry = &m_entries.last();
    }
    entry->points += kPlacesPerWeight * effect.weight;
    entry->decisive = entry->decisive || effect.decisive;
    if (effect.weight >= kMakesLikely && entry->cause.confidence == Confidence::Low)
        entry->cause.confidence = Confidence::Medium;
    QStringList &facts = effect.weight < 0 ? entry->cause.opposing : entry->cause.supporting;
    if (!effect.fact.isEmpty() && !facts.contains(effect.fact))
        facts.append(effect.fact);
}

void Ranking::weighSuspect(CauseKind kind, int weight, const QString &fact)
{
    if (suspects(kind))
        weigh({kind, weight, fact});
}

QList<Ranking::Entry> Ranking::sorted() const
{
    QList<Entry> entries = m_entries;
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry &a, const Entry &b) { return a.points > b.points; });
    return entries;
}

CauseKind Ranking::first() const
{
    return m_entries.isEmpty() ? CauseKind::Unknown : sorted().first().cause.kind;
}

QList<Cause> Ranking::causes() const
{
    QList<Cause> causes;
    const auto entries = sorted();
    for (const auto &entry : entries) {
        Cause cause = entry.cause;
        const bool unopposedFirst = causes.isEmpty() && cause.opposing.isEmpty();
        if (unopposedFirst && entry.decisive)
            cause.confidence = Confidence::High;
        else if (!unopposedFirst && cause.confidence == Confidence::High)
            cause.confidence = Confidence::Medium;
        // What much speaks against is no more than a possibility.
        if (cause.opposing.size() > cause.supporting.size())
            cause.confidence = Confidence::Low;
        cause.disprovedBy = disproofOf(cause.kind);
        causes.append(cause);
    }
    return causes;
}

} // namespace backwatch
