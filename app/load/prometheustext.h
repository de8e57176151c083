// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QByteArrayView>
#include <QList>

#include <functional>

namespace backwatch {

/// One line of Prometheus's text format 0.0.4. The views live as long as the text.
struct PrometheusSample
{
    struct Label
    {
        QByteArrayView name;
        QByteArray value; ///< without its escapes
    };

    QByteArrayView name;
    QList<Label> labels;
    double value = 0; ///< may be NaN or infinite

    QByteArray label(QByteArrayView wanted) const; ///< empty: there is none
};

/// Hands on the samples whose name is wanted; the other lines have to be samples or comments as well.
Result<void> eachPrometheusSample(QByteArrayView text, const std::function<bool(QByteArrayView)> &wanted,
                                  const std::function<void(const PrometheusSample &)> &take);

} // namespace backwatch
