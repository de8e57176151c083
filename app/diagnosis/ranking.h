// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/diagnosis.h"

#include <initializer_list>

namespace backwatch {

/// Moves the causes of a diagnosis by what answers say. Causes that the failed exchange itself made certain
/// stay first: an answer can only be beside them.
class Ranking
{
public:
    /// The diagnosis must outlive it.
    explicit Ranking(Diagnosis &diagnosis);

    /// Speaks for a cause, which is added where it is missing. It goes before others of its confidence.
    void support(CauseKind kind, Confidence atLeast, const QString &fact, const QString &disprovedBy);
    /// Speaks for those of them that are thought of already, without making any of them surer.
    void supportWhereNamed(std::initializer_list<CauseKind> kinds, const QString &fact);
    /// Speaks against those of them that are thought of: they are of low confidence, after the others.
    void oppose(std::initializer_list<CauseKind> kinds, const QString &fact);

    bool names(CauseKind kind) const;
    void setFailing(const FailingPart &part) { m_diagnosis.failing = part; }
    const Diagnosis &diagnosis() const { return m_diagnosis; }

private:
    Cause *find(CauseKind kind);
    bool isCertain(CauseKind kind) const { return m_certain.contains(kind); }
    void sort();

    Diagnosis &m_diagnosis;
    QList<CauseKind> m_certain; ///< of high confidence before any answer
};

} // namespace backwatch
