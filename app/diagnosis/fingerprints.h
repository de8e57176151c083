// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/core/layer.h"
#include "app/core/result.h"
#include "app/diagnosis/confidence.h"

#include <QStringList>

#include <memory>

namespace backwatch {

/// Who made the answer that was seen, as far as it shows.
struct Recognition
{
    QString producer; ///< fingerprint id such as "varnish"; empty when nothing fits
    QString name;     ///< "Varnish Cache"
    Layer layer = Layer::Unknown;
    Confidence confidence = Confidence::Low;
    /// What the page says about the failure, in a word of the fingerprint's own: "fetch-failed", "synth";
    /// empty when it says nothing more.
    QString meaning;
    QStringList facts; ///< sentences that say what was seen
    QStringList path;  ///< ids of the hops that only carried it, outermost first
    QList<Reference> references;
};

/// What is known of products that write error pages. Data: one JSON file a product.
class Fingerprints
{
public:
    /// Reads every *.json of a folder, of the file system or of the resources (":/fingerprints"). A file that
    /// does not keep to the schema is an error that names it.
    static Result<Fingerprints> load(const QString &folder);

    Recognition recognise(const Exchange &exchange) const;
    /// The product's name for people; the id itself when it is not known.
    QString nameOf(const QString &id) const;

private:
    struct Product;
    QList<std::shared_ptr<const Product>> m_products;
};

} // namespace backwatch
