// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/incidentheader.h"

#include "ui/incident/countview.h"
#include "ui/incident/incidenttext.h"
#include "ui/incident/section.h"
#include "ui/incident/statebadge.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace backwatch {

IncidentHeader::IncidentHeader(QWidget *parent)
    : QFrame(parent)
    , m_check(new QPushButton(tr("Check now"), this))
    , m_count(new QPushButton(tr("Count as …"), this))
    , m_state(new StateBadge(this))
    , m_name(plainLabel({}, this))
    , m_verdict(plainLabel({}, this))
    , m_outcome(plainLabel({}, this))
    , m_counts(plainLabel({}, this))
    , m_time(mutedLabel({}, this))
{
    setProperty("look", QStringLiteral("card"));
    auto *back = new QPushButton(tr("Back"), this);
    back->setObjectName(QStringLiteral("back"));
    back->setAccessibleDescription(tr("Leaves this incident."));
    back->setShortcut(Qt::Key_Escape);
    m_check->setObjectName(QStringLiteral("checkNow"));
    m_check->setAccessibleDescription(tr("Asks the website again at once."));
    m_count->setObjectName(QStringLiteral("countAs"));
    m_count->setAccessibleDescription(tr("Says what this outage counts as in figures of availability."));
    m_counts->setObjectName(QStringLiteral("headerCount"));
    m_counts->setWordWrap(false);
    m_name->setObjectName(QStringLiteral("monitorName"));
    m_name->setProperty("look", QStringLiteral("heading"));
    m_verdict->setObjectName(QStringLiteral("verdict"));
    m_verdict->setProperty("look", QStringLiteral("verdict"));
    m_outcome->setObjectName(QStringLiteral("outcome"));
    m_outcome->setWordWrap(false);
    m_outcome->setProperty("look", QStringLiteral("heading"));
    m_time->setObjectName(QStringLiteral("time"));

    auto *top = new QHBoxLayout;
    top->setSpacing(10);
    top->addWidget(back, 0, Qt::AlignVCenter);
    top->addWidget(m_state, 0, Qt::AlignVCenter);
    top->addWidget(m_name, 1);
    top->addWidget(m_count, 0, Qt::AlignVCenter);
    top->addWidget(m_check, 0, Qt::AlignVCenter);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(18);
    bottom->addWidget(m_outcome);
    bottom->addWidget(m_counts);
    bottom->addWidget(m_time, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(6);
    layout->addLayout(top);
    layout->addWidget(m_verdict);
    layout->addLayout(bottom);
    connect(back, &QPushButton::clicked, this, &IncidentHeader::backRequested);
    connect(m_count, &QPushButton::clicked, this, &IncidentHeader::countRequested);
    connect(m_check, &QPushButton::clicked, this, &IncidentHeader::checkRequested);
    clear();
}

void IncidentHeader::clear()
{
    m_incident = {};
    m_name->setText({});
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_state, m_verdict, m_outcome, m_counts, m_time, m_check, m_count})
        part->hide();
}

void IncidentHeader::showFile(const IncidentFile &file, const std::optional<Monitor> &monitor, State state,
                              UtcMs now)
{
    m_incident = file.incident;
    m_name->setText(monitor ? qualifiedName(*monitor) : tr("A monitor that has been removed"));
    m_verdict->setText(file.guide.verdict);
    m_outcome->setText(IncidentText::outcome(m_incident.outcome, m_incident.httpStatus));
    showTime(now);
    showState(state);
    m_state->setVisible(monitor.has_value());
    m_check->setVisible(monitor.has_value());
    showCount(countsAs(file));
    m_count->show();
    m_verdict->setVisible(!file.guide.verdict.isEmpty());
    m_outcome->show();
    m_time->show();
}

void IncidentHeader::showTime(UtcMs now)
{
    const QString since = IncidentText::moment(m_incident.openedAt);
    const QString length = IncidentText::length(m_incident.duration(now));
    const QString text =
        m_incident.closedAt
            ? tr("From %1 to %2, for %3").arg(since, IncidentText::moment(*m_incident.closedAt), length)
            : tr("Since %1, for %2").arg(since, length);
    if (text != m_time->text())
        m_time->setText(text);
}

void IncidentHeader::showCount(OutageClass countsAs)
{
    m_counts->setText(tr("Counts as %1").arg(IncidentText::outageClass(countsAs)));
    m_counts->setVisible(countsAs != OutageClass::Outage);
}

void IncidentHeader::showState(State state)
{
    m_state->setState(state);
}

} // namespace backwatch
