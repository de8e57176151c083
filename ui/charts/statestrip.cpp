// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/statestrip.h"

#include "ui/charts/axisformatter.h"
#include "ui/charts/chartstyle.h"
#include "ui/charts/timeaxis.h"
#include "ui/theme/format.h"
#include "ui/theme/stateshape.h"

#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace backwatch {

namespace {

constexpr int kBand = 22;
constexpr int kMarkRoom = 14; // above the band
constexpr int kLabels = 26;   // below it
constexpr double kMarkReach = 8;
constexpr double kLeastTrouble = 3; // pixels: a short outage in a month is seen
constexpr int kShapeFrom = 22;      // narrower stretches have no room for their shape

bool isTrouble(State state)
{
    return state == State::Down || state == State::Degraded || state == State::Unreachable;
}

} // namespace

StateStrip::StateStrip(TimeAxis &axis, QWidget *parent) : TimeChart(axis, parent)
{
    setObjectName(QStringLiteral("stateStrip"));
    setAccessibleName(tr("States and incidents"));
    setFixedHeight(sizeHint().height());
}

QSize StateStrip::sizeHint() const
{
    return {400, kMarkRoom + kBand + kLabels};
}

QMargins StateStrip::plotMargins() const
{
    return {ChartMetrics::kLeft, kMarkRoom, ChartMetrics::kRight, kLabels};
}

void StateStrip::paintChart(QPainter &painter, const Palette &palette)
{
    const QRect plot = plotArea();
    painter.setFont(titleFont(font()));
    painter.setPen(palette.text);
    painter.drawText(QRect(16, plot.top(), plot.left() - 16, plot.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("State"));

    QPainterPath outline;
    outline.addRoundedRect(plot, 4, 4);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(outline);
    painter.fillRect(plot, mixed(palette.surface, palette.grid, 0.6));
    paintGaps(painter, palette);
    // Trouble last: where a month is a few hundred pixels it lies over the calm that surrounds it.
    for (const bool trouble : {false, true}) {
        for (const auto &interval : m_data.states) {
            if (isTrouble(interval.state) == trouble)
                paintInterval(painter, palette, interval);
        }
    }
    painter.restore();

    paintIncidents(painter, palette);
    painter.setFont(font());
    paintTimeLabels(painter, palette, m_axis, timeScale(), plot.bottom() + 8);
}

void StateStrip::paintInterval(QPainter &painter, const Palette &palette, const StateInterval &interval) const
{
    const TimeScale scale = timeScale();
    const QRect plot = plotArea();
    if (!TimeRange{interval.from, interval.to}.overlaps(scale.range))
        return;
    const double least = isTrouble(interval.state) ? kLeastTrouble : 1;
    const double left = std::max(double(plot.left()), std::round(scale.xAt(interval.from)));
    const double right =
        std::min(plot.right() + 1.0, std::max(left + least, std::round(scale.xAt(interval.to))));
    const QRectF area(left, plot.top(), right - left, plot.height());
    const bool unseen = interval.state == State::NotObserved || interval.state == State::Paused;
    const QColor ground = palette.state(interval.state);
    painter.fillRect(area, unseen ? gapBrush(palette, devicePixelRatioF()) : QBrush(ground));
    if (area.width() < kShapeFrom)
        return;
    const QRectF glyph(area.center() - QPointF(5.5, 5.5), QSizeF(11, 11));
    if (unseen) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette.surface);
        painter.drawEllipse(glyph.adjusted(-4, -4, 4, 4));
    }
    paintStateShape(painter, glyph, interval.state,
                    unseen ? palette.mutedText : palette.onState(interval.state));
}

void StateStrip::paintIncidents(QPainter &painter, const Palette &palette) const
{
    const TimeScale scale = timeScale();
    const QRect plot = plotArea();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette.state(State::Down));
    for (const auto &incident : m_data.incidents) {
        if (!m_axis.view().contains(incident.openedAt))
            continue;
        const double x = std::round(scale.xAt(incident.openedAt)) + 0.5;
        const double y = plot.top() - 2;
        painter.drawPolygon(QPolygonF({{x, y}, {x + 5, y - 8}, {x - 5, y - 8}}));
    }
    painter.restore();
}

const Incident *StateStrip::find(QPointF position) const
{
    const QRect plot = plotArea();
    if (position.y() < 0 || position.y() > plot.bottom())
        return nullptr;
    const TimeScale scale = timeScale();
    const Incident *best = nullptr;
    double nearest = kMarkReach;
    for (const auto &incident : m_data.incidents) {
        const double from = scale.xAt(incident.openedAt);
        const double to = scale.xAt(incident.closedAt.value_or(m_axis.home().to));
        const bool inside = position.y() >= plot.top() && position.x() >= from && position.x() <= to;
        const double distance = inside ? 0 : std::abs(position.x() - from);
        if (distance <= nearest && (!best || distance < nearest)) {
            nearest = distance;
            best = &incident;
        }
    }
    return best;
}

std::optional<IncidentId> StateStrip::incidentAt(QPointF position) const
{
    const Incident *incident = find(position);
    return incident ? std::optional(incident->id) : std::nullopt;
}

void StateStrip::clicked(QPointF position)
{
    if (const auto id = incidentAt(position))
        Q_EMIT incidentActivated(*id);
    else
        TimeChart::clicked(position);
}

void StateStrip::activated()
{
    const auto time = m_axis.crosshair();
    if (!time)
        return;
    const QRect plot = plotArea();
    if (const auto id = incidentAt({timeScale().xAt(*time), double(plot.center().y())}))
        Q_EMIT incidentActivated(*id);
}

QList<UtcMs> StateStrip::stops() const
{
    QList<UtcMs> result;
    for (const auto &interval : m_data.states)
        result.append(interval.from);
    for (const auto &incident : m_data.incidents)
        result.append(incident.openedAt);
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

bool StateStrip::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const Incident *incident = find(help->pos());
    if (!incident) {
        QToolTip::hideText();
        return true;
    }
    // Detail comes from a server: it must not be read as rich text.
    const QString text =
        tr("%1\n%2 · %3", "detail, when, how long")
            .arg(incident->detail, formatMoment(incident->openedAt, m_axis.zone(), QLocale()),
                 formatSpan(incident->duration(m_axis.home().to), QLocale()));
    QToolTip::showText(
        help->globalPos(),
        QStringLiteral("<p style='white-space:pre'>") + text.toHtmlEscaped() + QStringLiteral("</p>"), this);
    return true;
}

QString StateStrip::description() const
{
    const TimeRange view = m_axis.view();
    const auto incidents =
        std::count_if(m_data.incidents.cbegin(), m_data.incidents.cend(), [&](const Incident &i) {
            return i.openedAt < view.to && i.closedAt.value_or(view.to) > view.from;
        });
    QStringList parts;
    for (int i = 0; i < kStateCount; ++i) {
        qint64 sum = 0;
        for (const auto &interval : m_data.states) {
            if (interval.state == State(i))
                sum +=
                    std::max<qint64>(0, std::min(interval.to, view.to) - std::max(interval.from, view.from));
        }
        if (sum > 0)
            parts.append(tr("%1 %2", "state, how long")
                             .arg(stateWord(State(i)), formatSpan(milliseconds(sum), QLocale())));
    }
    const QString states = parts.isEmpty() ? tr("nothing known") : parts.join(QStringLiteral(", "));
    return tr("States: %1; %2.").arg(states, tr("%n incident(s)", nullptr, int(incidents)));
}

} // namespace backwatch
