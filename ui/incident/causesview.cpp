// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/causesview.h"

#include "app/diagnosis/causewords.h"
#include "ui/incident/section.h"

#include <QVBoxLayout>

namespace backwatch {

namespace {

/// More than these nobody reads; the rest is as likely as nothing.
constexpr qsizetype kShown = 4;

void addSentences(Section *section, const QString &pattern, const QStringList &sentences)
{
    for (const auto &sentence : sentences)
        section->content()->addWidget(plainLabel(pattern.arg(sentence), section));
}

} // namespace

CausesView::CausesView(const Diagnosis &diagnosis, QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("causes"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    if (!diagnosis.causes.isEmpty())
        layout->addWidget(createCauses(diagnosis.causes));
    if (!diagnosis.questions.isEmpty())
        layout->addWidget(createQuestions(diagnosis.questions));
}

QWidget *CausesView::createCauses(const QList<Cause> &causes)
{
    auto *section = new Section(tr("Possible causes, the most likely first"));
    for (const auto &cause : causes.first(qMin(kShown, causes.size()))) {
        auto *name = plainLabel(
            tr("%1 (confidence: %2)").arg(causeName(cause.kind), confidenceName(cause.confidence)), section);
        name->setObjectName(QStringLiteral("cause"));
        name->setProperty("look", QStringLiteral("heading"));
        section->content()->addWidget(name);
        addSentences(section, tr("For: %1"), cause.supporting);
        addSentences(section, tr("Against: %1"), cause.opposing);
        section->content()->addWidget(mutedLabel(tr("Disproved by: %1").arg(cause.disprovedBy), section));
    }
    if (causes.size() > kShown)
        section->content()->addWidget(
            mutedLabel(tr("Causes that are less likely still: %1").arg(causes.size() - kShown), section));
    return section;
}

QWidget *CausesView::createQuestions(const QList<AnsweredQuestion> &questions)
{
    auto *section = new Section(tr("What was asked"));
    for (const auto &one : questions) {
        section->content()->addWidget(plainLabel(one.question, section));
        section->content()->addWidget(plainLabel(one.answer, section));
        section->content()->addWidget(mutedLabel(one.consequence, section));
    }
    return section;
}

} // namespace backwatch
