// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/diagnosis/recognition.h"

#include <memory>

namespace backwatch {

struct PreparedAnswer;
struct Fingerprint;

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
    QStringList ids() const;

private:
    Recognition bestMatch(const PreparedAnswer &answer) const;
    void trustProxyStatus(Recognition &recognition) const;
    void addPath(const PreparedAnswer &answer, Recognition &recognition) const;

    QList<std::shared_ptr<const Fingerprint>> m_products;
};

} // namespace backwatch
