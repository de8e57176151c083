// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/timechart.h"

#include "ui/charts/chartstyle.h"
#include "ui/charts/timeaxis.h"
#include "ui/charts/timeticks.h"

#include <QApplication>
#include <QEvent>
#include <QFocusEvent>
#include <QPainter>

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kTickDistance = 96;

QList<TimeTick> ticksOf(const TimeAxis &axis, const TimeScale &scale)
{
    return timeTicks(axis.view(), std::max(2, int(scale.width) / kTickDistance), axis.zone(), QLocale());
}

} // namespace

TimeChart::TimeChart(TimeAxis &axis, QWidget *parent) : QWidget(parent), m_axis(axis)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    // Time runs from left to right in every script.
    setLayoutDirection(Qt::LeftToRight);
    connect(&axis, &TimeAxis::viewChanged, this, &TimeChart::invalidate);
    connect(&axis, &TimeAxis::crosshairChanged, this, qOverload<>(&QWidget::update));
}

void TimeChart::setData(const ChartData &chartData)
{
    m_data = chartData;
    invalidate();
}

QMargins TimeChart::plotMargins() const
{
    return {ChartMetrics::kLeft, ChartMetrics::kHeader, ChartMetrics::kRight, ChartMetrics::kFooter};
}

QRect TimeChart::plotArea() const
{
    return rect().marginsRemoved(plotMargins());
}

TimeScale TimeChart::timeScale() const
{
    const QRect plot = plotArea();
    return {m_axis.view(), double(plot.left()), double(plot.width())};
}

QList<Rollup> TimeChart::visibleRollups() const
{
    const TimeRange view = m_axis.view();
    const auto &all = m_data.rollups;
    const auto first = std::partition_point(all.cbegin(), all.cend(), [&](const Rollup &rollup) {
        return rollup.start + rollup.width.count() <= view.from;
    });
    const auto last =
        std::partition_point(first, all.cend(), [&](const Rollup &rollup) { return rollup.start < view.to; });
    return QList<Rollup>(first, last);
}

QList<UtcMs> TimeChart::stops() const
{
    QList<UtcMs> result;
    result.reserve(m_data.rollups.size());
    for (const auto &rollup : m_data.rollups)
        result.append(std::min(rollup.start + rollup.width.count() / 2, m_axis.home().to - 1));
    return result;
}

void TimeChart::clicked(QPointF position)
{
    m_axis.setCrosshair(timeScale().timeAt(position.x()));
}

void TimeChart::invalidate()
{
    m_stale = true;
    setAccessibleDescription(description());
    update();
}

void TimeChart::refreshLayer()
{
    const qreal ratio = devicePixelRatioF();
    const QSize size = this->size() * ratio;
    if (m_layer.size() != size || m_layer.devicePixelRatio() != ratio) {
        m_layer = QPixmap(size);
        m_layer.setDevicePixelRatio(ratio);
    }
    const Palette palette = currentPalette();
    m_layer.fill(palette.surface);
    QPainter painter(&m_layer);
    painter.setFont(font());
    paintChart(painter, palette);
    m_stale = false;
}

void TimeChart::paintHeader(QPainter &painter, const Palette &palette, const QString &title) const
{
    painter.setFont(titleFont(font()));
    painter.setPen(palette.text);
    painter.drawText(QRect(16, 0, width() / 2, ChartMetrics::kHeader), Qt::AlignLeft | Qt::AlignVCenter,
                     title);
    painter.setFont(labelFont(font()));
}

void TimeChart::paintGaps(QPainter &painter, const Palette &palette) const
{
    const TimeScale scale = timeScale();
    const QRect plot = plotArea();
    const QBrush brush = gapBrush(palette, devicePixelRatioF());
    for (const auto &gap : m_data.gaps) {
        if (!gap.overlaps(m_axis.view()))
            continue;
        const int left = std::max(plot.left(), qRound(scale.xAt(gap.from)));
        const int right = std::min(plot.right() + 1, qRound(scale.xAt(gap.to)));
        painter.fillRect(left, plot.top(), std::max(1, right - left), plot.height(), brush);
    }
}

void TimeChart::paintTimeGrid(QPainter &painter, const Palette &palette) const
{
    const TimeScale scale = timeScale();
    const QRect plot = plotArea();
    for (const auto &tick : ticksOf(m_axis, scale)) {
        painter.setPen(tick.newDay ? palette.surfaceEdge : palette.grid);
        const int x = qRound(scale.xAt(tick.at));
        painter.drawLine(x, plot.top(), x, plot.bottom());
    }
}

void TimeChart::paintEmpty(QPainter &painter, const Palette &palette) const
{
    const QString text = tr("No answers in this range yet");
    painter.setFont(labelFont(font()));
    const QRect words = painter.fontMetrics().boundingRect(plotArea(), Qt::AlignCenter, text);
    painter.fillRect(words.adjusted(-12, -6, 12, 6), palette.surface);
    painter.setPen(palette.mutedText);
    painter.drawText(plotArea(), Qt::AlignCenter, text);
}

void TimeChart::paintEvent(QPaintEvent *)
{
    if (m_stale || m_layer.devicePixelRatio() != devicePixelRatioF())
        refreshLayer();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_layer);
    const Palette palette = currentPalette();
    paintCrosshair(painter, palette);
    if (hasFocus() && m_byKeyboard) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(palette.accent, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(4, 2, -4, -2), 6, 6);
    }
}

void TimeChart::paintCrosshair(QPainter &painter, const Palette &palette) const
{
    const auto time = m_axis.crosshair();
    if (!time || !m_axis.view().contains(*time))
        return;
    const QRect plot = plotArea();
    const int x = qRound(timeScale().xAt(*time));
    painter.setPen(QPen(palette.text, 1));
    painter.drawLine(x, plot.top() - 4, x, plot.bottom());
}

void TimeChart::focusInEvent(QFocusEvent *event)
{
    const auto reason = event->reason();
    m_byKeyboard =
        reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    QWidget::focusInEvent(event);
}

void TimeChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    const auto type = event->type();
    if (type == QEvent::PaletteChange || type == QEvent::FontChange || type == QEvent::StyleChange ||
        type == QEvent::LanguageChange)
        invalidate();
}

void TimeChart::resizeEvent(QResizeEvent *)
{
    m_stale = true;
}

void paintTimeLabels(QPainter &painter, const Palette &palette, const TimeAxis &axis, const TimeScale &scale,
                     int top)
{
    const QFont plain = labelFont(painter.font());
    QFont strong = plain;
    strong.setWeight(QFont::DemiBold);
    int free = 0;
    const QList<TimeTick> ticks = ticksOf(axis, scale);
    const bool mixed = std::any_of(ticks.cbegin(), ticks.cend(), [](const TimeTick &t) { return !t.newDay; });
    for (const auto &tick : ticks) {
        const bool setOff = tick.newDay && mixed;
        painter.setFont(setOff ? strong : plain);
        painter.setPen(setOff ? palette.text : palette.mutedText);
        const QFontMetrics metrics = painter.fontMetrics();
        const int width = metrics.horizontalAdvance(tick.label);
        const int x = qRound(scale.xAt(tick.at)) - width / 2;
        if (x < free || x + width > painter.window().width())
            continue;
        painter.drawText(x, top + metrics.ascent(), tick.label);
        free = x + width + 14;
    }
}

} // namespace backwatch
