// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/monitorpage.h"

#include "app/core/whenanswered.h"
#include "app/service/watch.h"
#include "ui/charts/chartstack.h"
#include "ui/charts/timeaxis.h"
#include "ui/monitor/chartfeed.h"
#include "ui/monitor/incidentlist.h"
#include "ui/monitor/monitorheader.h"
#include "ui/monitor/pagestyle.h"
#include "ui/monitor/rangebar.h"
#include "ui/theme/palette.h"

#include <QEvent>
#include <QVBoxLayout>

namespace backwatch {

namespace {

using namespace std::chrono_literals;

constexpr auto kRefreshEvery = 1s;
constexpr auto kAgeEvery = 5s;
constexpr auto kCheckingAtMost = 15s;

} // namespace

MonitorPage::MonitorPage(Watch &watch, QWidget *parent)
    : QWidget(parent)
    , m_watch(watch)
    , m_axis(new TimeAxis(this))
    , m_header(new MonitorHeader(this))
    , m_ranges(new RangeBar(this))
    , m_charts(new ChartStack(*m_axis, this))
    , m_incidents(new IncidentList(this))
    , m_feed(new ChartFeed(watch, *m_axis, this))
{
    setObjectName(QStringLiteral("monitorPage"));
    setAttribute(Qt::WA_StyledBackground);
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(kRefreshEvery);
    m_age.setInterval(kAgeEvery);
    m_checking.setSingleShot(true);
    m_checking.setInterval(kCheckingAtMost);
    layOut();
    connectParts();
    applyPalette();
}

void MonitorPage::layOut()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(12);
    layout->addWidget(m_header);
    layout->addWidget(m_ranges);
    layout->addWidget(m_charts, 4);
    layout->addWidget(m_incidents, 1);
    m_incidents->setMinimumHeight(104);
    m_incidents->setMaximumHeight(240);
}

void MonitorPage::connectParts()
{
    connect(m_header, &MonitorHeader::backRequested, this, &MonitorPage::backRequested);
    connect(m_header, &MonitorHeader::checkRequested, this, [this] {
        m_header->setChecking(true);
        m_checking.start();
        m_watch.checkNow(m_monitor);
    });
    connect(m_header, &MonitorHeader::pauseRequested, this, &MonitorPage::setPaused);
    connect(&m_checking, &QTimer::timeout, this, [this] { m_header->setChecking(false); });

    connect(m_ranges, &RangeBar::rangeChosen, this, &MonitorPage::chooseRange);
    connect(m_ranges, &RangeBar::resetRequested, m_axis, &TimeAxis::reset);
    connect(m_axis, &TimeAxis::viewChanged, this, [this] {
        m_ranges->setZoomed(!m_axis->isHome());
        showIncidents();
    });
    connect(m_charts, &ChartStack::plotWidthChanged, this,
            [this] { m_feed->setPlotWidth(m_charts->plotWidth()); });
    connect(m_feed, &ChartFeed::dataChanged, this, &MonitorPage::showData);
    connect(m_feed, &ChartFeed::failed, this, [this](const QString &sentence) {
        m_charts->showError(sentence);
        m_incidents->hide(); // what is not known is not told as none
    });
    connect(m_feed, &ChartFeed::loadAnswered, this, &MonitorPage::tellLoadFailure);
    connect(m_charts, &ChartStack::incidentActivated, this, &MonitorPage::incidentActivated);
    connect(m_incidents, &IncidentList::incidentActivated, this, &MonitorPage::incidentActivated);

    connect(&m_watch, &Watch::statusChanged, this, &MonitorPage::statusChanged);
    connect(&m_watch, &Watch::monitorsChanged, this, &MonitorPage::monitorsChanged);
    connect(&m_refresh, &QTimer::timeout, this, &MonitorPage::refresh);
    connect(&m_age, &QTimer::timeout, this, &MonitorPage::showHeader);
}

void MonitorPage::show(MonitorId id)
{
    m_monitor = id;
    m_header->setNotice({});
    m_loadFailed = false;
    m_header->setChecking(false);
    m_feed->setPlotWidth(m_charts->plotWidth());
    const UtcMs now = m_watch.now();
    m_axis->setHome({now - m_ranges->range().count(), now});
    m_feed->show(id);
    showHeader();
    m_age.start();
    m_charts->setFocus();
}

void MonitorPage::chooseRange(milliseconds range)
{
    const UtcMs now = m_watch.now();
    m_axis->setHome({now - range.count(), now});
}

void MonitorPage::statusChanged(const QList<MonitorId> &ids)
{
    if (!ids.contains(m_monitor))
        return;
    m_header->setChecking(false);
    m_changed = true;
    if (!m_refresh.isActive())
        refresh();
}

void MonitorPage::monitorsChanged()
{
    if (m_monitor == 0)
        return;
    if (m_watch.monitor(m_monitor)) {
        showHeader();
        return;
    }
    m_monitor = 0;
    m_age.stop();
    Q_EMIT backRequested();
}

void MonitorPage::refresh()
{
    // Nobody looks at a hidden page; what was missed is fetched when it is shown again.
    if (!m_changed || !isVisible())
        return;
    m_changed = false;
    showHeader();
    m_feed->advance();
    m_refresh.start();
}

void MonitorPage::showHeader()
{
    const auto monitor = m_watch.monitor(m_monitor);
    if (!monitor)
        return;
    m_header->setMonitor(*monitor);
    m_header->setStatus(m_watch.status(m_monitor), m_watch.now(), m_axis->zone());
    m_header->setLoadFaults(monitor->service.isEmpty() ? QStringList()
                                                       : m_watch.loadFaults(monitor->service));
}

void MonitorPage::showData()
{
    m_charts->setData(m_feed->data());
    m_incidents->show();
    showIncidents();
}

void MonitorPage::tellLoadFailure(const QString &failure)
{
    if (failure.isEmpty() && !m_loadFailed)
        return; // what stands there is about something else
    m_loadFailed = !failure.isEmpty();
    m_header->setNotice(failure.isEmpty() ? QString() : tr("The load is not up to date. %1").arg(failure));
}

void MonitorPage::showIncidents()
{
    m_incidents->setIncidents(m_feed->data().incidents, m_axis->view(), m_watch.now(), m_axis->zone());
}

void MonitorPage::setPaused(bool paused)
{
    m_header->setNotice({});
    whenAnswered(m_watch.setPaused(m_monitor, paused), this,
                 [this, id = m_monitor](const Result<void> &result) {
                     if (!result && id == m_monitor)
                         m_header->setNotice(result.error().sentence);
                 });
}

bool MonitorPage::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::PaletteChange:
    case QEvent::ApplicationPaletteChange:
    case QEvent::StyleChange:
        applyPalette();
        break;
    case QEvent::Show:
        if (m_changed)
            refresh();
        break;
    default:
        break;
    }
    return QWidget::event(event);
}

void MonitorPage::applyPalette()
{
    // Setting a style sheet sends these events again; the same sheet is not set twice.
    const QString style = monitorPageStyle(currentPalette());
    if (style == m_style)
        return;
    m_style = style;
    setStyleSheet(style);
}

} // namespace backwatch
