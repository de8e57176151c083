// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/diagnosis.h"

#include <initializer_list>

namespace backwatch {

/// Weight of an answer that tells a cause from most others, if not from all.
constexpr int kTelling = 4;

/// What follows from one answer: effects on the causes and perhaps the failing part, gathered by a rule that
/// knows what the diagnosis was before anything was asked. Weights are those of the ranking.
class Consequence
{
public:
    /// The diagnosis must outlive it.
    explicit Consequence(const Diagnosis &before) : m_before(before) {}

    /// What was seen is this and nothing else; other causes are explained by it.
    void prove(CauseKind kind, const QString &fact);
    /// Speaks for a cause, also for one that nobody has thought of.
    void support(CauseKind kind, int weight, const QString &fact);
    /// A hint for those of them that are thought of already.
    void supportWhereNamed(std::initializer_list<CauseKind> kinds, const QString &fact);
    /// Speaks against those of them that are thought of.
    void oppose(std::initializer_list<CauseKind> kinds, const QString &fact);
    /// Nothing where the failed exchange itself told the cause apart: an answer can only be beside that.
    void setFailing(const FailingPart &part, CauseKind because = CauseKind::Unknown);

    bool names(CauseKind kind) const;
    const Diagnosis &before() const { return m_before; }
    const QList<CauseEffect> &effects() const { return m_effects; }
    const std::optional<FailingPart> &failing() const { return m_failing; }

private:
    bool isCertainOtherwise(CauseKind kind) const;

    const Diagnosis &m_before;
    QList<CauseEffect> m_effects;
    std::optional<FailingPart> m_failing;
};

} // namespace backwatch
