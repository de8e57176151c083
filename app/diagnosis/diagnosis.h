// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/core/layer.h"
#include "app/diagnosis/cause.h"
#include "app/diagnosis/fingerprints.h"

#include <QHash>
#include <QList>

namespace backwatch {

/// What one answer says about one cause: the way by which a question changes the ranking.
struct CauseEffect
{
    CauseKind kind = CauseKind::Unknown;
    int weight = 0;        ///< -8 to 8, as in ranking.h; the cause is added where it is not yet among them
    QString fact;          ///< sentence with the measured value, for a weight above 0 one that supports
    bool decisive = false; ///< the answer tells this cause from every other: it may become high

    bool operator==(const CauseEffect &) const = default;
};

/// A question that was put to the target or to what stands behind it, and what follows from the answer.
struct AnsweredQuestion
{
    QString id; ///< "repeat", "cache-buster", "origin-direct", …
    UtcMs askedAt = 0;
    QString question;    ///< translated sentence
    QString answer;      ///< with the measured value
    QString consequence; ///< what it changed in the ranking, and by which rule
    QList<CauseEffect> effects{};
    FailingPart failing{}; ///< the part that the answer names; Layer::Unknown: none

    bool operator==(const AnsweredQuestion &) const = default;
};

/// Who said it, who failed, and why, as far as what was seen carries.
struct Diagnosis
{
    UtcMs madeAt = 0;
    int status = 0; ///< 0: no answer
    Outcome outcome = Outcome::Internal;
    Recognition recognition; ///< the producer, the path and the references
    FailingPart failing;
    QList<Cause> causes; ///< most likely first; empty when nothing is wrong with the exchange
    QList<AnsweredQuestion> questions;
};

/// Another monitor of the same service, or one that this one depends on.
struct Neighbour
{
    QString name;
    Layer layer = Layer::Unknown;
    QString kind; ///< as checkKind() says: "http", "mysql", "fastcgi", …
    State state = State::NotObserved;
    Outcome outcome = Outcome::Internal; ///< of its newest sample
    QString detail;                      ///< of its newest sample
    bool isDependency = false;           ///< the admin said that this one depends on it
};

/// Everything besides the failed exchange that a diagnosis may lean on. All of it may be absent.
struct DiagnosisContext
{
    ExchangePtr lastGood;
    QList<StoredSample> recent; ///< of the same monitor over the last minutes, oldest first
    QList<Neighbour> neighbours;
    QStringList loadFacts;         ///< sentences about the load of the machines behind
    bool overloaded = false;       ///< one of them speaks of exhaustion, and stands first
    bool workersExhausted = false; ///< it is who serves the requests that is at its limit, not the machine
    FailingPart exhausted{};       ///< of whom it speaks; Layer::Unknown: of nobody in particular
    QHash<QString, milliseconds> timeouts; ///< configured ones, by product id; instead of its default
    QList<AnsweredQuestion> answeredQuestions{};
    Layer watched = Layer::Unknown; ///< where what is watched stands, as the admin says
};

} // namespace backwatch
