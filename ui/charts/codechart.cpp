// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/codechart.h"

#include "ui/charts/axisformatter.h"
#include "ui/charts/chartstyle.h"
#include "ui/charts/timeaxis.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kLeastFailure = 3;        // pixels: one 503 among a thousand answers is seen
constexpr int kPixelsPerCountMark = 44; // between two value labels
constexpr double kSpacedFrom = 10;      // columns at least this wide stand apart

int mostChecks(const QList<Rollup> &rollups)
{
    int most = 0;
    for (const auto &rollup : rollups)
        most = std::max(most, rollup.checks);
    return most;
}

} // namespace

CodeChart::CodeChart(TimeAxis &axis, QWidget *parent) : TimeChart(axis, parent)
{
    setObjectName(QStringLiteral("codeChart"));
    setAccessibleName(tr("Responses"));
    setMinimumHeight(132);
}

void CodeChart::paintChart(QPainter &painter, const Palette &palette)
{
    const QList<Rollup> rollups = visibleRollups();
    const QRect plot = plotArea();
    const ValueScale scale =
        valueScale(mostChecks(rollups), std::max(1, plot.height() / kPixelsPerCountMark), true);

    paintHeader(painter, palette, tr("Responses"));
    paintLegend(painter, {plot.right() + 1, ChartMetrics::kHeader / 2}, plot.width() - 100,
                codeLegend(rollups), palette);
    paintGaps(painter, palette);
    paintTimeGrid(painter, palette);
    paintValues(painter, palette, scale);
    if (rollups.isEmpty())
        paintEmpty(painter, palette);
    else
        paintColumns(painter, palette, rollups, scale);
}

void CodeChart::paintValues(QPainter &painter, const Palette &palette, const ValueScale &scale) const
{
    const QRect plot = plotArea();
    for (const double mark : scale.marks) {
        const int y = plot.top() + qRound(scale.yAt(mark, plot.height()));
        painter.setPen(mark > 0 ? palette.grid : palette.surfaceEdge);
        painter.drawLine(plot.left(), y, plot.right(), y);
        painter.setPen(palette.mutedText);
        painter.drawText(QRect(0, y - 10, plot.left() - ChartMetrics::kLabelGap, 20),
                         Qt::AlignRight | Qt::AlignVCenter, QLocale().toString(qint64(mark)));
    }
}

void CodeChart::paintColumns(QPainter &painter, const Palette &palette, const QList<Rollup> &rollups,
                             const ValueScale &scale) const
{
    const QRect plot = plotArea();
    const TimeScale time = timeScale();
    const double perCheck = plot.height() / scale.top;
    const double columnWidth = time.width * double(m_data.width.count()) / double(time.range.span());
    const int spacing = columnWidth >= kSpacedFrom ? 1 : 0;
    std::array<QBrush, kCodeClassCount> brushes;
    for (int i = 0; i < kCodeClassCount; ++i)
        brushes[std::size_t(i)] = codeBrush(hueCode(CodeClass(i)), palette, devicePixelRatioF());

    painter.setClipRect(plot.adjusted(0, 0, 0, 1));
    for (const auto &rollup : rollups) {
        const int left = std::max(plot.left(), qRound(time.xAt(rollup.start)));
        const int right = std::min(plot.right() + 1, qRound(time.xAt(rollup.start + rollup.width.count())));
        const auto heights = stackHeights(countByClass(rollup), perCheck, kLeastFailure);
        int bottom = plot.bottom() + 1;
        for (std::size_t i = 0; i < heights.size(); ++i) {
            bottom -= heights[i];
            if (heights[i] > 0)
                painter.fillRect(left, bottom, std::max(1, right - left - spacing), heights[i], brushes[i]);
        }
    }
    painter.setClipping(false);
}

QString CodeChart::description() const
{
    const QString moments = formatMoments(m_axis.view(), m_axis.zone(), QLocale());
    QStringList parts;
    for (const auto &item : legend())
        parts.append(tr("%1: %L2", "code or class, count").arg(item.label).arg(item.count));
    if (parts.isEmpty())
        return tr("Response codes, %1: no answers in this range yet.").arg(moments);
    return tr("Response codes, %1: %2.").arg(moments, parts.join(QStringLiteral(", ")));
}

} // namespace backwatch
