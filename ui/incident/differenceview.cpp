// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/differenceview.h"

#include "ui/incident/incidenttext.h"
#include "ui/incident/section.h"
#include "ui/incident/textblock.h"

#include <QGridLayout>

namespace backwatch {

namespace {

using Kind = ExchangeChange::Kind;

QString subjectText(const ExchangeChange &change)
{
    switch (change.kind) {
    case Kind::Status:
        return DifferenceView::tr("Status");
    case Kind::HttpVersion:
        return DifferenceView::tr("HTTP version");
    case Kind::Address:
        return DifferenceView::tr("Address");
    case Kind::Certificate:
        return DifferenceView::tr("Certificate");
    case Kind::HeaderAdded:
    case Kind::HeaderRemoved:
    case Kind::HeaderChanged:
        return DifferenceView::tr("Header %1").arg(change.subject);
    case Kind::Phase:
        return IncidentText::phase(change.subject);
    case Kind::BodySize:
        return DifferenceView::tr("Size of the body");
    }
    return {};
}

} // namespace

DifferenceView::DifferenceView(const QList<ExchangeChange> &changes, QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("differences"));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(6);
    grid->addWidget(mutedLabel(tr("What"), this), 0, 0);
    grid->addWidget(mutedLabel(tr("Last good answer"), this), 0, 1);
    grid->addWidget(mutedLabel(tr("This answer"), this), 0, 2);
    grid->setColumnStretch(0, 2);
    grid->setColumnStretch(1, 3);
    grid->setColumnStretch(2, 3);
    int row = 1;
    for (const auto &change : changes) {
        const QString subject = subjectText(change);
        const auto value = [&](const QString &text, const QString &name) -> QWidget * {
            if (text.isEmpty())
                return mutedLabel(tr("not there"), this);
            return new TextBlock(text, TextBlock::Look::Plain, tr("%1, %2").arg(subject, name), this);
        };
        grid->addWidget(new TextBlock(subject, TextBlock::Look::Plain, subject, this), row, 0, Qt::AlignTop);
        grid->addWidget(value(change.before, tr("last good answer")), row, 1, Qt::AlignTop);
        grid->addWidget(value(change.after, tr("this answer")), row, 2, Qt::AlignTop);
        ++row;
    }
}

} // namespace backwatch
