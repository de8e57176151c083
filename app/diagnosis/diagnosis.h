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

/// A question that was put to the target or to what stands behind it, and what follows from the answer.
struct AnsweredQuestion
{
    QString id; ///< "repeat", "cache-buster", "origin-direct", …
    UtcMs askedAt = 0;
    QString question;    ///< translated sentence
    QString answer;      ///< with the measured value
    QString consequence; ///< what it changed in the ranking, and by which rule

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
    QList<Cause> causes; ///< most likely first; at least one
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
    QStringList loadFacts;                 ///< sentences about the load of the machines behind
    bool overloaded = false;               ///< one of them speaks of exhaustion
    QHash<QString, milliseconds> timeouts; ///< configured ones, by product id; instead of its default
    QList<AnsweredQuestion> answeredQuestions{};
};

} // namespace backwatch
