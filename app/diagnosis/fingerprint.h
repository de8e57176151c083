// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/matcher.h"
#include "app/diagnosis/recognition.h"

#include <memory>

namespace backwatch {

/// One way to know an answer of a product.
struct FingerprintRule
{
    QString meaning;
    QList<Matcher> all;
    Confidence confidence = Confidence::Low;
    QString fact;   ///< as it stands in the file, English
    QString source; ///< where this is known from
    QList<CandidateCause> causes;
    FailingPart failing;
};

/// Where a product writes the mark that its own log knows.
struct ReferenceSource
{
    QString kind;
    QString header; ///< in lower case; empty: the body
    QRegularExpression expression;
};

/// What is known of one product that writes error pages; the contents of one file.
struct Fingerprint
{
    QString id;
    QString name;
    Layer layer = Layer::Unknown;
    QStringList refines; ///< products whose pages this one changes a little: of two equally sure, this one
    QList<FingerprintRule> rules;
    QList<Matcher> hop; ///< one of them is enough to see that the product is on the path
    QList<ReferenceSource> references;
    QList<KnownTimeout> timeouts;

    static Result<std::shared_ptr<const Fingerprint>> read(const QString &fileName);

    /// What its rules say of an answer; with an empty producer when none of them fits.
    Recognition judge(const PreparedAnswer &answer) const;
    bool carried(const PreparedAnswer &answer) const;
    void addReferences(const PreparedAnswer &answer, bool isProducer, QList<Reference> &found) const;
};

} // namespace backwatch
