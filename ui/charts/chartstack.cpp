// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartstack.h"

#include "ui/charts/chartreadout.h"
#include "ui/charts/chartstyle.h"
#include "ui/charts/codechart.h"
#include "ui/charts/latencychart.h"
#include "ui/charts/loadchart.h"
#include "ui/charts/statestrip.h"
#include "ui/charts/timeaxis.h"

#include <QApplication>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace backwatch {

namespace {

// Pixels of one chart.
constexpr int kLeastOfTwo = 132;
constexpr int kLeastOfThree = 92;

} // namespace

ChartStack::ChartStack(TimeAxis &axis, QWidget *parent)
    : QWidget(parent)
    , m_charts(new QWidget(this))
    , m_error(new QLabel(this))
    , m_readout(new ChartReadout(axis, m_charts))
    , m_codes(new CodeChart(axis, m_charts))
    , m_latency(new LatencyChart(axis, m_charts))
    , m_load(new LoadChart(axis, m_charts))
    , m_states(new StateStrip(axis, m_charts))
{
    setObjectName(QStringLiteral("chartStack"));
    auto *charts = new QVBoxLayout(m_charts);
    charts->setContentsMargins(0, 0, 0, 8);
    charts->setSpacing(0);
    charts->addWidget(m_readout);
    charts->addWidget(m_codes, 1);
    charts->addWidget(m_latency, 1);
    charts->addWidget(m_load, 1);
    charts->addWidget(m_states);
    m_load->hide();

    m_error->setObjectName(QStringLiteral("chartError"));
    m_error->setTextFormat(Qt::PlainText);
    m_error->setAlignment(Qt::AlignCenter);
    m_error->setWordWrap(true);
    m_error->setFocusPolicy(Qt::StrongFocus);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_error->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1); // the hairline
    layout->addWidget(m_charts);
    layout->addWidget(m_error);
    setFocusProxy(m_codes);
    connect(m_states, &StateStrip::incidentActivated, this, &ChartStack::incidentActivated);
}

void ChartStack::setData(const ChartData &chartData)
{
    m_readout->setData(chartData);
    m_codes->setData(chartData);
    m_latency->setData(chartData);
    m_load->setData(chartData);
    // Three still fit on a small screen; first, because a window that has grown does not shrink again.
    for (QWidget *chart : std::initializer_list<QWidget *>{m_codes, m_latency, m_load})
        chart->setMinimumHeight(m_load->hasLines() ? kLeastOfThree : kLeastOfTwo);
    m_load->setVisible(m_load->hasLines());
    m_states->setData(chartData);
    m_error->hide();
    m_charts->show();
}

void ChartStack::showError(const QString &sentence)
{
    const bool hadFocus = m_charts->isAncestorOf(QApplication::focusWidget());
    m_error->setText(sentence);
    m_error->show();
    if (hadFocus)
        m_error->setFocus();
    m_charts->hide();
}

int ChartStack::plotWidth() const
{
    return width() - 2 - ChartMetrics::kLeft - ChartMetrics::kRight;
}

void ChartStack::paintEvent(QPaintEvent *)
{
    const Palette palette = currentPalette();
    QPainter painter(this);
    painter.setPen(palette.surfaceEdge);
    painter.setBrush(palette.surface);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

void ChartStack::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    Q_EMIT plotWidthChanged();
}

} // namespace backwatch
