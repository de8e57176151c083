// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/diagnosis/dataobject.h"
#include "app/diagnosis/fingerprints.h"
#include "app/guide/guide.h"

#include <QMap>

namespace backwatch {

/// When a verdict or an order of steps holds: all lists that are given have to contain what was seen.
struct PlaybookCondition
{
    QList<Outcome> outcomes;
    QList<int> status;
    QStringList meanings; ///< of the fingerprint; see Recognition::meaning

    bool holds(const Incident &incident, const Recognition &recognition) const;
    bool isAlways() const { return outcomes.isEmpty() && status.isEmpty() && meanings.isEmpty(); }
};

/// One file of resources/playbooks, as it is written: English, placeholders not filled.
struct PlaybookFile
{
    struct Verdict
    {
        PlaybookCondition when;
        QString text;
        QStringList facts;
    };
    struct Order
    {
        PlaybookCondition when;
        QStringList steps; ///< all seven
    };
    struct Step
    {
        QString title;
        QString why;
        QList<GuideCommand> commands;
        QStringList reading;
        bool alsoGeneral = false; ///< commands and reading of the general playbook follow its own
    };

    QString id;
    QStringList fingerprints; ///< empty for the general one
    QList<Verdict> verdicts;
    QList<Order> orders;
    QMap<QString, Step> steps; ///< by id

    static const QStringList &stepIds(); ///< the seven, in their plain order
    static Result<PlaybookFile> read(const QString &fileName);
    /// Everything that the other playbooks fall back to is there: all steps with all pieces, a verdict and an
    /// order that always hold. A sentence when not.
    std::optional<Error> missingPiece(const QString &fileName) const;
};

} // namespace backwatch
