// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QWidget>

namespace backwatch {

/// What differs from the last good answer, one line a thing: what, then, now.
class DifferenceView : public QWidget
{
    Q_OBJECT

public:
    explicit DifferenceView(const QList<ExchangeChange> &changes, QWidget *parent = nullptr);
};

} // namespace backwatch
