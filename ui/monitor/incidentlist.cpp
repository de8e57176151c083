// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/incidentlist.h"

#include "ui/charts/axisformatter.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace backwatch {

namespace {

enum Column { Opened, Lasted, What, ColumnCount };
constexpr int kIdRole = Qt::UserRole;

QString whatHappened(const Incident &incident)
{
    if (!incident.detail.isEmpty())
        return incident.detail;
    return incident.httpStatus > 0 ? QString::number(incident.httpStatus)
                                   : outcomeId(incident.outcome).toString();
}

} // namespace

IncidentList::IncidentList(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_none(new QLabel(tr("No incidents in this range"), this))
    , m_tree(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("incidentPanel"));
    m_title->setObjectName(QStringLiteral("incidentTitle"));
    m_none->setObjectName(QStringLiteral("noIncidents"));
    m_tree->setObjectName(QStringLiteral("incidentList"));
    m_tree->setAccessibleName(tr("Incidents in this range"));
    m_tree->setColumnCount(ColumnCount);
    m_tree->setHeaderLabels({tr("Opened"), tr("Lasted"), tr("What happened")});
    m_tree->header()->setSectionResizeMode(Opened, QHeaderView::ResizeToContents);
    m_tree->header()->setSectionResizeMode(Lasted, QHeaderView::ResizeToContents);
    m_tree->header()->setHighlightSections(false);
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_none, 1, Qt::AlignTop);
    layout->addWidget(m_tree, 1);
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem *item) {
        Q_EMIT incidentActivated(item->data(Opened, kIdRole).toLongLong());
    });
    rebuild({});
}

void IncidentList::setIncidents(const QList<Incident> &incidents, TimeRange range, UtcMs now,
                                const QTimeZone &zone)
{
    QList<Incident> shown;
    for (const auto &incident : incidents) {
        if (incident.openedAt < range.to && incident.closedAt.value_or(now) >= range.from)
            shown.append(incident);
    }
    rebuild(shown);
    const QLocale locale;
    for (int row = 0; row < shown.size(); ++row) {
        const Incident &incident = shown.at(row);
        auto *item = m_tree->topLevelItem(row);
        const QString lasted = formatSpan(incident.duration(now), locale);
        item->setText(Opened, formatMoment(incident.openedAt, zone, locale));
        item->setText(Lasted, incident.closedAt ? lasted : tr("%1, open").arg(lasted));
        item->setText(What, whatHappened(incident));
    }
}

void IncidentList::rebuild(const QList<Incident> &incidents)
{
    QList<IncidentId> ids;
    for (const auto &incident : incidents)
        ids.append(incident.id);
    m_title->setText(ids.isEmpty() ? tr("Incidents") : tr("Incidents · %L1").arg(ids.size()));
    m_none->setVisible(ids.isEmpty());
    m_tree->setVisible(!ids.isEmpty());
    // The same rows stay, and with them the selection and the scroll position.
    if (ids == m_ids && m_tree->topLevelItemCount() == ids.size())
        return;
    const auto *current = m_tree->currentItem();
    const IncidentId selected = current ? current->data(Opened, kIdRole).toLongLong() : 0;
    m_ids = ids;
    m_tree->clear();
    for (const auto id : std::as_const(m_ids)) {
        auto *item = new QTreeWidgetItem(m_tree);
        item->setData(Opened, kIdRole, id);
        if (id == selected)
            m_tree->setCurrentItem(item);
    }
}

} // namespace backwatch
