// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/ranking.h"

#include <algorithm>
#include <tuple>

namespace backwatch {

Ranking::Ranking(Diagnosis &diagnosis) : m_diagnosis(diagnosis)
{
    for (const auto &cause : m_diagnosis.causes)
        if (cause.confidence == Confidence::High)
            m_certain.append(cause.kind);
}

void Ranking::support(CauseKind kind, Confidence atLeast, const QString &fact, const QString &disprovedBy)
{
    Cause cause;
    cause.kind = kind;
    if (const auto *known = find(kind)) {
        cause = *known;
        m_diagnosis.causes.removeIf([kind](const Cause &one) { return one.kind == kind; });
    }
    cause.disprovedBy = disprovedBy; // of what was measured now, so the nearer one
    cause.confidence = std::max(cause.confidence, atLeast);
    if (!cause.supporting.contains(fact))
        cause.supporting.append(fact);
    m_diagnosis.causes.prepend(cause);
    m_diagnosis.causes.removeIf([](const Cause &one) { return one.kind == CauseKind::Unknown; });
    sort();
}

void Ranking::supportWhereNamed(std::initializer_list<CauseKind> kinds, const QString &fact)
{
    for (const CauseKind kind : kinds)
        if (auto *cause = find(kind); cause && !cause->supporting.contains(fact))
            cause->supporting.append(fact);
}

void Ranking::oppose(std::initializer_list<CauseKind> kinds, const QString &fact)
{
    for (const CauseKind kind : kinds) {
        auto *cause = find(kind);
        if (!cause)
            continue;
        if (!isCertain(kind))
            cause->confidence = Confidence::Low;
        if (!cause->opposing.contains(fact))
            cause->opposing.append(fact);
    }
    sort();
}

bool Ranking::names(CauseKind kind) const
{
    return std::any_of(m_diagnosis.causes.cbegin(), m_diagnosis.causes.cend(),
                       [kind](const Cause &cause) { return cause.kind == kind; });
}

Cause *Ranking::find(CauseKind kind)
{
    const auto found = std::find_if(m_diagnosis.causes.begin(), m_diagnosis.causes.end(),
                                    [kind](const Cause &cause) { return cause.kind == kind; });
    return found == m_diagnosis.causes.end() ? nullptr : &*found;
}

/// Certain ones, then by confidence, then those that nothing speaks against; otherwise as they stood.
void Ranking::sort()
{
    const auto place = [this](const Cause &cause) {
        return std::tuple(!isCertain(cause.kind), -static_cast<int>(cause.confidence),
                          !cause.opposing.isEmpty());
    };
    std::stable_sort(m_diagnosis.causes.begin(), m_diagnosis.causes.end(),
                     [&](const Cause &a, const Cause &b) { return place(a) < place(b); });
}

} // namespace backwatch
