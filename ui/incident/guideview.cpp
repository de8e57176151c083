// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/guideview.h"

#include "ui/incident/section.h"
#include "ui/incident/stepcard.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace backwatch {

GuideView::GuideView(const Guide &guide, QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("guide"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);

    auto *section = new Section(tr("What it means"), this);
    auto *verdict = plainLabel(guide.verdict, section);
    verdict->setObjectName(QStringLiteral("guideVerdict"));
    section->content()->addWidget(verdict);
    if (!guide.facts.isEmpty()) {
        auto *heading = plainLabel(tr("What speaks for it"), section);
        heading->setProperty("look", QStringLiteral("subheading"));
        section->content()->addWidget(heading);
    }
    for (const auto &fact : guide.facts) {
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
    layout->addWidget(section);

    auto *heading = plainLabel(tr("What to do, most useful first"), this);
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
