// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/diagnosis.h"

namespace backwatch {

/// Causes in the order in which evidence puts them. A cause starts with the place that its page gives it (10,
/// 9, 8 and so on), and evidence moves it by its weight:
///   8  settles it against all else: a part that the admin names as a dependency fails at the same time, or
///      who serves the requests says that it is at its limit
///   4  settles the matter against pages and time: another monitor, the origin asked directly
///   3  a product's own time-out, a stored answer
///   2  tells two groups of causes apart: at once or after a wait
///   1  a hint
/// One weight counts three places. Weights order causes and are shown to nobody.
class Ranking
{
public:
    /// At the end of those that the page allows for.
    void start(CauseKind kind, Confidence confidence, const QString &fact = {});
    /// For (weight above 0) or against a cause. One that nobody suspects is added by evidence for it alone.
    void weigh(const CauseEffect &effect);
    /// The same, of a cause that is suspected already; otherwise nothing.
    void weighSuspect(CauseKind kind, int weight, const QString &fact);

    bool isEmpty() const { return m_entries.isEmpty(); }
    bool suspects(CauseKind kind) const;
    CauseKind first() const; ///< Unknown when empty

    /// Most likely first, with what would disprove each. High stays only with the first one, and only while
    /// nothing speaks against it.
    QList<Cause> causes() const;

private:
    struct Entry
    {
        Cause cause;
        int points = 0;
        bool decisive = false;
    };
    Entry *find(CauseKind kind);
    QList<Entry> sorted() const;

    QList<Entry> m_entries;
    int m_started = 0;
};

} // namespace backwatch
