// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/guideview.h"

#include "ui/incident/causesview.h"
#include "ui/incident/section.h"
#include "ui/incident/stepcard.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace backwatch {

namespace {

// The verdict itself stands in the head of the page; these are what it rests on.
QWidget *createFacts(const QStringList &facts)
{
    auto *section = new Section(GuideView::tr("What this rests on"));
    section->setObjectName(QStringLiteral("facts"));
    for (const auto &fact : facts) {
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        auto *bullet = mutedLabel(QStringLiteral("\u2022"), section);
        bullet->setTextInteractionFlags(Qt::NoTextInteraction);
        row->addWidget(bullet, 0, Qt::AlignTop);
        auto *text = plainLabel(fact, section);
        text->setObjectName(QStringLiteral("fact"));
        row->addWidget(text, 1);
        section->content()->addLayout(row);
    }
    return section;
}

} // namespace

GuideView::GuideView(const Guide &guide, const Diagnosis &diagnosis, QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("guide"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(8);

    if (!guide.facts.isEmpty())
        layout->addWidget(createFacts(guide.facts));
    if (!diagnosis.causes.isEmpty())
        layout->addWidget(new CausesView(diagnosis, this));
    auto *heading = plainLabel(guide.steps.isEmpty() ? tr("There are no steps for this incident.")
                                                     : tr("What to do, most useful first"),
                               this);
    heading->setProperty("look", QStringLiteral("heading"));
    heading->setContentsMargins(2, 8, 2, 2);
    layout->addWidget(heading);
    int number = 1;
    for (const auto &step : guide.steps) {
        auto *card = new StepCard(number, step, this);
        card->setOpen(number == 1);
        layout->addWidget(card);
        ++number;
    }
    layout->addStretch();
}

} // namespace backwatch
