// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/countview.h"

#include "ui/incident/incidenttext.h"
#include "ui/theme/format.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace backwatch {

namespace {

QString sentenceFor(OutageClass outageClass)
{
    switch (outageClass) {
    case OutageClass::Outage:
        return CountView::tr("It counts as an outage: against availability.");
    case OutageClass::Maintenance:
        return CountView::tr("It counts as maintenance: left out of availability and shown apart.");
    case OutageClass::NotObserved:
        return CountView::tr(
            "It counts as not observed: left out of availability, and the observed share is lower.");
    }
    return {};
}

QString availabilityText(const IncidentFile &file)
{
    if (!file.availability)
        return {};
    const QString share = shareText(*file.availability);
    return file.incident.closedAt ? CountView::tr("Available in the 30 days up to its end: %1").arg(share)
                                  : CountView::tr("Available in the last 30 days: %1").arg(share);
}

void clear(QLayout *layout)
{
    while (auto *item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace

OutageClass countsAs(const IncidentFile &file)
{
    return file.said.isEmpty() ? OutageClass::Outage : file.said.last().countsAs;
}

CountView::CountView(const IncidentFile &file, QWidget *parent)
    : Section(tr("What it counts as"), parent)
    , m_counts(plainLabel({}, this))
    , m_availability(plainLabel({}, this))
    , m_said(new QVBoxLayout)
{
    m_counts->setObjectName(QStringLiteral("countsAs"));
    m_availability->setObjectName(QStringLiteral("countedAvailability"));
    m_said->setSpacing(4);
    auto *change = new QPushButton(tr("Count it as …"), this);
    change->setObjectName(QStringLiteral("changeCount"));
    change->setAccessibleDescription(tr("Says what this outage counts as in figures of availability."));
    content()->addWidget(m_counts);
    content()->addWidget(m_availability);
    content()->addLayout(m_said);
    content()->addWidget(change, 0, Qt::AlignLeading);
    connect(change, &QPushButton::clicked, this, &CountView::changeRequested);
    showFile(file);
}

void CountView::showFile(const IncidentFile &file)
{
    m_counts->setText(sentenceFor(countsAs(file)));
    m_availability->setText(availabilityText(file));
    m_availability->setVisible(file.availability.has_value());
    clear(m_said);
    // The newest first: that is the one that counts.
    for (auto said = file.said.crbegin(); said != file.said.crend(); ++said) {
        auto *line = mutedLabel(tr("%1, %2: %3, because: %4", "moment, account, class, reason")
                                    .arg(IncidentText::moment(said->at), said->who,
                                         IncidentText::outageClass(said->countsAs), said->reason),
                                this);
        line->setObjectName(QStringLiteral("said"));
        m_said->addWidget(line);
    }
}

} // namespace backwatch
