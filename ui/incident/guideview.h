// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/diagnosis.h"
#include "app/guide/guide.h"

#include <QWidget>

namespace backwatch {

/// The guide of an incident: the facts behind the verdict, then the steps, the first of them open.
class GuideView : public QWidget
{
    Q_OBJECT

public:
    GuideView(const Guide &guide, const Diagnosis &diagnosis, QWidget *parent = nullptr);
};

} // namespace backwatch
