// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/diagnosis.h"

#include <QWidget>

namespace backwatch {

class Section;

/// The causes of a diagnosis, the most likely first, with what speaks for and against each, and the log of
/// what was asked.
class CausesView : public QWidget
{
    Q_OBJECT

public:
    explicit CausesView(const Diagnosis &diagnosis, QWidget *parent = nullptr);

private:
    QWidget *createCauses(const QList<Cause> &causes);
    void addFurther(Section *section, const QList<Cause> &causes);
    QWidget *createQuestions(const QList<AnsweredQuestion> &questions);
};

} // namespace backwatch
