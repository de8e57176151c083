// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse, wheel and keyboard do to a chart.
#include "ui/charts/timeaxis.h"
#include "ui/charts/timechart.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace backwatch {

namespace {

constexpr double kZoomPerNotch = 0.8;
constexpr double kNotch = 120; // eighths of a degree, as QWheelEvent counts
constexpr double kZoomPerKey = 0.5;

} // namespace

void TimeChart::wheelEvent(QWheelEvent *event)
{
    const QPoint turn = event->angleDelta();
    const TimeScale scale = timeScale();
    if (std::abs(turn.x()) > std::abs(turn.y()))
        m_axis.pan(qRound64(-turn.x() / kNotch * 0.1 * double(scale.range.span())));
    else
        m_axis.zoom(std::pow(kZoomPerNotch, turn.y() / kNotch),
                    std::clamp(scale.timeAt(event->position().x()), scale.range.from, scale.range.to));
    event->accept();
}

void TimeChart::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    m_pressedAt = event->position();
    m_pressedFrom = m_axis.view().from;
    m_dragging = false;
}

void TimeChart::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF at = event->position();
    if (!m_pressedAt) {
        const QRect plot = plotArea();
        const bool inside = at.x() >= plot.left() && at.x() <= plot.right();
        m_axis.setCrosshair(inside ? std::optional(timeScale().timeAt(at.x())) : std::nullopt);
        updateCursor(at);
        return;
    }
    const double dx = at.x() - m_pressedAt->x();
    if (!m_dragging && std::abs(dx) < QApplication::startDragDistance())
        return;
    m_dragging = true;
    setCursor(Qt::ClosedHandCursor);
    const TimeScale scale = timeScale();
    const auto from = m_pressedFrom - qRound64(dx / scale.width * double(scale.range.span()));
    m_axis.pan(from - m_axis.view().from);
    m_axis.setCrosshair(timeScale().timeAt(at.x()));
}

void TimeChart::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_pressedAt)
        return;
    m_pressedAt.reset();
    updateCursor(event->position());
    if (!m_dragging)
        clicked(event->position());
    m_dragging = false;
}

void TimeChart::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_axis.reset();
}

void TimeChart::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    // A crosshair that the keyboard placed stays while the keyboard is here.
    if (!m_pressedAt && !hasFocus())
        m_axis.setCrosshair(std::nullopt);
}

void TimeChart::updateCursor(QPointF position)
{
    if (isClickable(position))
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
}

UtcMs TimeChart::zoomAnchor() const
{
    const TimeRange view = m_axis.view();
    const auto crosshair = m_axis.crosshair();
    return crosshair && view.contains(*crosshair) ? *crosshair : view.from + view.span() / 2;
}

void TimeChart::walk(int direction)
{
    const QList<UtcMs> times = stops();
    if (times.isEmpty())
        return;
    const auto now = m_axis.crosshair();
    if (!now) {
        walkToEnd(direction < 0);
        return;
    }
    const auto next = direction > 0 ? std::upper_bound(times.cbegin(), times.cend(), *now)
                                    : std::lower_bound(times.cbegin(), times.cend(), *now);
    if (direction > 0 ? next == times.cend() : next == times.cbegin())
        return;
    const UtcMs time = direction > 0 ? *next : *std::prev(next);
    m_axis.reveal(time);
    m_axis.setCrosshair(time);
}

void TimeChart::walkToEnd(bool last)
{
    QList<UtcMs> times = stops();
    times.removeIf([view = m_axis.view()](UtcMs time) { return !view.contains(time); });
    if (!times.isEmpty())
        m_axis.setCrosshair(last ? times.last() : times.first());
}

void TimeChart::keyPressEvent(QKeyEvent *event)
{
    m_byKeyboard = true;
    update();
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const qint64 stride = m_axis.view().span() / 4;
    switch (event->key()) {
    case Qt::Key_Left:
        return shift ? m_axis.pan(-stride) : walk(-1);
    case Qt::Key_Right:
        return shift ? m_axis.pan(stride) : walk(1);
    case Qt::Key_Home:
        return walkToEnd(false);
    case Qt::Key_End:
        return walkToEnd(true);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return m_axis.zoom(kZoomPerKey, zoomAnchor());
    case Qt::Key_Minus:
        return m_axis.zoom(1 / kZoomPerKey, zoomAnchor());
    case Qt::Key_0:
        return m_axis.reset();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return activated();
    case Qt::Key_Escape:
        if (m_axis.crosshair())
            return m_axis.setCrosshair(std::nullopt);
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

} // namespace backwatch
