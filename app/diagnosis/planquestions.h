// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/question.h"

#include <QStringList>

namespace backwatch {

/// A server behind the front that the admin configured, to be asked with the website's own Host and SNI.
struct Origin
{
    QString connectTo; ///< "host:port"
    Layer layer = Layer::Unknown;

    bool operator==(const Origin &) const = default;
};

/// Another monitor of the same service, or one that this one depends on.
struct Dependency
{
    QString name;
    Layer layer = Layer::Unknown;
    CheckSpec check;
};

/// What failed, and what the admin configured around it.
struct QuestionSubject
{
    CheckSpec check; ///< that failed
    ExchangePtr failed;
    Recognition recognition;
    ExchangePtr lastGood;  ///< null when none was seen
    QStringList addresses; ///< numeric, all that the name stands for
    QList<Origin> origins;
    QList<Dependency> dependencies;
    QList<QUrl> vantagePoints; ///< /probe of a blackbox_exporter elsewhere, each
    QString unique;            ///< text for the cache-buster's query; different each time
};

/// The one that failed is the first of them.
constexpr int kMostRequests = 12;

/// What to ask, the most telling first, at most kMostRequests - 1. Nothing goes anywhere but to the target
/// and to what the admin configured, and nothing that changes data is sent again. Pure.
QList<Question> planQuestions(const QuestionSubject &subject);

} // namespace backwatch
