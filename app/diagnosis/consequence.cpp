// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/consequence.h"

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kSettles = 4;
constexpr int kTells = 2;
constexpr int kHints = 1;
constexpr int kSpeaksAgainst = -3;

/// How a failure deeper down shows further out. A page can be sure of it, and still a part that is asked says
/// why.
bool isSymptom(CauseKind shown, CauseKind deeper)
{
    switch (shown) {
    case CauseKind::ApplicationError:
        return deeper == CauseKind::DatabaseDown;
    case CauseKind::UpstreamTimeout:
    case CauseKind::UpstreamClosed:
    case CauseKind::UpstreamUnhealthy:
    case CauseKind::Overload:
        return true;
    default:
        return false;
    }
}

} // namespace

void Consequence::prove(CauseKind kind, const QString &fact)
{
    if (isCertainOtherwise(kind)) {
        support(kind, kTells, fact);
        return;
    }
    m_effects.append({kind, kSettles, fact, true});
    for (const auto &other : m_before.causes)
        if (other.kind != kind)
            m_effects.append({other.kind, kSpeaksAgainst, fact});
}

void Consequence::support(CauseKind kind, int weight, const QString &fact)
{
    m_effects.append({kind, isCertainOtherwise(kind) ? std::min(weight, kTells) : weight, fact});
}

void Consequence::supportWhereNamed(std::initializer_list<CauseKind> kinds, const QString &fact)
{
    for (const CauseKind kind : kinds)
        if (names(kind))
            m_effects.append({kind, kHints, fact});
}

void Consequence::oppose(std::initializer_list<CauseKind> kinds, const QString &fact)
{
    for (const CauseKind kind : kinds)
        m_effects.append({kind, kSpeaksAgainst, fact});
}

void Consequence::setFailing(const FailingPart &part, CauseKind because)
{
    if (!isCertainOtherwise(because))
        m_failing = part;
}

bool Consequence::names(CauseKind kind) const
{
    return std::any_of(m_before.causes.cbegin(), m_before.causes.cend(),
                       [kind](const Cause &cause) { return cause.kind == kind; });
}

bool Consequence::isCertainOtherwise(CauseKind kind) const
{
    // What a page is sure of was true when it was made; that it is stored says nothing against it.
    if (kind == CauseKind::StoredError || m_before.causes.isEmpty())
        return false;
    const Cause &first = m_before.causes.first();
    return first.confidence == Confidence::High && first.kind != kind && !isSymptom(first.kind, kind);
}

} // namespace backwatch
