// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/latencychart.h"

#include "ui/charts/axisformatter.h"
#include "ui/charts/chartstyle.h"
#include "ui/charts/timeaxis.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace backwatch {

namespace {

constexpr int kPixelsPerLatencyMark = 40;
constexpr double kPeakDistance = 12; // between two triangles, in pixels
constexpr double kLatencyBandOpacity = 0.22;
constexpr double kMostHeadroom = 2.5; // of the axis over the 95th percentile

double inMs(microseconds latency)
{
    return double(latency.count()) / 1'000;
}

microseconds fromMs(double ms)
{
    return microseconds(std::llround(ms * 1'000));
}

/// A run begins and ends with its buckets; in between the value stands at the middle of each.
template <typename Value>
QList<QPointF> pointsOf(const QList<Rollup> &rollups, const LatencyRun &run, UtcMs origin, Value value)
{
    QList<QPointF> points;
    points.reserve(run.last - run.first + 3);
    points.append({double(rollups.at(run.first).start - origin), value(rollups.at(run.first))});
    for (qsizetype i = run.first; i <= run.last; ++i) {
        const Rollup &rollup = rollups.at(i);
        points.append({double(rollup.start + rollup.width.count() / 2 - origin), value(rollup)});
    }
    points.append({double(endOf(rollups.at(run.last)) - origin), value(rollups.at(run.last))});
    return points;
}

/// From one run to the next the line goes level up to the middle of the gap and steps there, so that nothing
/// of the step is seen at the edges of the gap.
void appendRun(QList<QPointF> &line, const QList<QPointF> &run)
{
    if (!line.isEmpty()) {
        const QPointF last = line.last();
        const double middle = (last.x() + run.first().x()) / 2;
        line.append({middle, last.y()});
        line.append({middle, run.first().y()});
    }
    line.append(run);
}

double median(const Rollup &rollup)
{
    return inMs(rollup.p50.value_or(microseconds(0)));
}

double upper(const Rollup &rollup)
{
    return inMs(rollup.p95.value_or(rollup.p50.value_or(microseconds(0))));
}

double slowest(const Rollup &rollup)
{
    return inMs(rollup.max.value_or(rollup.p50.value_or(microseconds(0))));
}

} // namespace

LatencyChart::LatencyChart(TimeAxis &axis, QWidget *parent) : TimeChart(axis, parent)
{
    setObjectName(QStringLiteral("latencyChart"));
    setAccessibleName(tr("Response time"));
    setMinimumHeight(132);
}

ValueScale LatencyChart::valueAxis() const
{
    double largest = 0;
    QList<double> peaks;
    for (const auto &rollup : visibleRollups()) {
        largest = std::max(largest, upper(rollup));
        if (rollup.max)
            peaks.append(slowest(rollup));
    }
    if (!peaks.isEmpty()) {
        // The usual slowest ones too, as long as they do not flatten the rest.
        const auto usual = peaks.begin() + (peaks.size() - 1) * 9 / 10;
        std::nth_element(peaks.begin(), usual, peaks.end());
        largest = std::max(largest, std::min(*usual, kMostHeadroom * largest));
    }
    return valueScale(largest > 0 ? largest : 100, std::max(1, plotArea().height() / kPixelsPerLatencyMark),
                      false);
}

QList<Rollup> LatencyChart::plottedRollups() const
{
    // One bucket beyond either edge, so that lines leave the plot instead of stopping short of it.
    const qint64 beyond = 2 * m_data.width.count();
    QList<Rollup> result;
    for (const auto &rollup : m_data.rollups) {
        if (endOf(rollup) > m_axis.view().from - beyond && rollup.start < m_axis.view().to + beyond)
            result.append(rollup);
    }
    return result;
}

void LatencyChart::paintChart(QPainter &painter, const Palette &palette)
{
    const ValueScale scale = valueAxis();
    const QList<LatencyRun> runs = latencyRuns(plottedRollups(), m_data.gaps);

    paintHeader(painter, palette, tr("Response time"));
    paintKey(painter, palette);
    paintGaps(painter, palette);
    paintTimeGrid(painter, palette);
    paintValues(painter, palette, scale);
    if (runs.isEmpty()) {
        paintEmpty(painter, palette);
        return;
    }
    paintBand(painter, palette, runs, scale);
    paintLines(painter, palette, runs, scale);
    paintPeaks(painter, palette, scale);
}

void LatencyChart::paintKey(QPainter &painter, const Palette &palette) const
{
    struct Entry
    {
        QString label;
        double height;
        QColor colour;
    };
    const Entry entries[] = {
        {tr("slowest"), 1, mixed(palette.surface, palette.mutedText, 0.75)},
        {tr("95th percentile"), 9, mixed(palette.surface, palette.accent, kLatencyBandOpacity + 0.1)},
        {tr("median"), 2, palette.accent}};
    const int middle = ChartMetrics::kHeader / 2;
    int x = plotArea().right() + 1;
    const QFontMetrics metrics = painter.fontMetrics();
    for (const auto &entry : entries) {
        x -= metrics.horizontalAdvance(entry.label);
        painter.setPen(palette.mutedText);
        painter.drawText(x, middle + (metrics.ascent() - metrics.descent()) / 2, entry.label);
        x -= 23;
        painter.fillRect(QRectF(x, middle - std::floor(entry.height / 2), 16, entry.height), entry.colour);
        x -= 20;
    }
}

void LatencyChart::paintValues(QPainter &painter, const Palette &palette, const ValueScale &scale) const
{
    const QRect plot = plotArea();
    for (const double mark : scale.marks) {
        const int y = plot.top() + qRound(scale.yAt(mark, plot.height()));
        painter.setPen(mark > 0 ? palette.grid : palette.surfaceEdge);
        painter.drawLine(plot.left(), y, plot.right(), y);
        painter.setPen(palette.mutedText);
        const QString text = mark > 0 ? formatLatency(fromMs(mark), QLocale()) : QLocale().toString(0);
        painter.drawText(QRect(0, y - 10, plot.left() - ChartMetrics::kLabelGap, 20),
                         Qt::AlignRight | Qt::AlignVCenter, text);
    }
}

void LatencyChart::paintBand(QPainter &painter, const Palette &palette, const QList<LatencyRun> &runs,
                             const ValueScale &scale) const
{
    const QList<Rollup> rollups = plottedRollups();
    const QRect plot = plotArea();
    const TimeScale time = timeScale();
    const UtcMs origin = time.range.from;
    QColor fill = palette.accent;
    fill.setAlphaF(float(kLatencyBandOpacity));
    const auto onScreen = [&](const QPointF &point) {
        return QPointF(time.xAt(origin + qRound64(point.x())),
                       plot.top() + scale.yAt(point.y(), plot.height()));
    };
    painter.save();
    painter.setClipRect(plot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    for (const auto &run : runs) {
        QPolygonF band;
        for (const QPointF &point : pointsOf(rollups, run, origin, upper))
            band.append(onScreen(point));
        const QList<QPointF> foot = pointsOf(rollups, run, origin, median);
        for (auto it = foot.crbegin(); it != foot.crend(); ++it)
            band.append(onScreen(*it));
        painter.drawPolygon(band);
    }
    painter.restore();
}

void LatencyChart::paintLines(QPainter &painter, const Palette &palette, const QList<LatencyRun> &runs,
                              const ValueScale &scale)
{
    const QList<Rollup> rollups = plottedRollups();
    const QRect plot = plotArea();
    const TimeScale time = timeScale();
    const UtcMs origin = time.range.from;
    QColor thin = palette.mutedText;
    thin.setAlphaF(palette.dark ? 0.45F : 0.55F);
    QList<ChartLine> lines{{{}, thin, 1}, {{}, palette.accent, 2}};
    for (const auto &run : runs) {
        appendRun(lines[0].points, pointsOf(rollups, run, origin, slowest));
        appendRun(lines[1].points, pointsOf(rollups, run, origin, median));
    }
    const qreal ratio = devicePixelRatioF();
    const QImage picture = m_lines.render(plot.size(), ratio, time.range.span(), scale.top, lines);
    // One line runs through all the runs; where it would bridge a gap it is not copied.
    for (const auto &run : runs) {
        const int left = std::max(plot.left(), int(std::round(time.xAt(rollups.at(run.first).start))));
        const int right = std::min(plot.right() + 1, int(std::round(time.xAt(endOf(rollups.at(run.last))))));
        if (right <= left)
            continue;
        const QRectF part(left, plot.top(), right - left, plot.height());
        const QRectF source((left - plot.left()) * ratio, 0, part.width() * ratio, part.height() * ratio);
        painter.drawImage(part, picture, source);
    }
}

void LatencyChart::paintPeaks(QPainter &painter, const Palette &palette, const ValueScale &scale) const
{
    const QRect plot = plotArea();
    const TimeScale time = timeScale();
    const Rollup *highest = nullptr;
    double lastX = -kPeakDistance;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette.mutedText);
    const QList<Rollup> rollups = visibleRollups();
    for (const auto &rollup : rollups) {
        if (!rollup.max || slowest(rollup) <= scale.top)
            continue;
        if (!highest || *rollup.max > *highest->max)
            highest = &rollup;
        const double x = std::clamp(time.xAt(rollup.start + rollup.width.count() / 2), double(plot.left()),
                                    double(plot.right()));
        if (x - lastX < kPeakDistance)
            continue;
        lastX = x;
        const double y = plot.top() - 1;
        painter.drawPolygon(QPolygonF({{x, y - 6}, {x + 4.5, y}, {x - 4.5, y}}));
    }
    if (highest) {
        const QString text = formatLatency(*highest->max, QLocale());
        const QFontMetrics metrics = painter.fontMetrics();
        const double x = time.xAt(highest->start + highest->width.count() / 2);
        const int width = metrics.horizontalAdvance(text) + 10;
        const bool fits = x + 8 + width <= plot.right();
        const QRect label(fits ? int(x) + 8 : int(x) - 8 - width, plot.top() + 3, width, metrics.height());
        QColor ground = palette.surface;
        ground.setAlphaF(0.85F);
        painter.setBrush(ground);
        painter.drawRoundedRect(label, 3, 3);
        painter.setPen(palette.text);
        painter.drawText(label, Qt::AlignCenter, text);
    }
    painter.restore();
}

QString LatencyChart::description() const
{
    QList<microseconds> medians;
    microseconds longest{0};
    for (const auto &rollup : visibleRollups()) {
        if (!rollup.p50)
            continue;
        medians.append(*rollup.p50);
        longest = std::max(longest, rollup.max.value_or(*rollup.p50));
    }
    const TimeRange view = m_axis.view();
    const QString span = formatSpan(milliseconds(view.span()), QLocale());
    if (medians.isEmpty())
        return tr("Response time over %1: no answers in this range yet.").arg(span);
    const auto middle = medians.begin() + medians.size() / 2;
    std::nth_element(medians.begin(), middle, medians.end());
    const auto gaps = std::count_if(m_data.gaps.cbegin(), m_data.gaps.cend(),
                                    [&](const TimeRange &gap) { return gap.overlaps(view); });
    const bool upToNow = view.to == m_axis.home().to;
    const QString period =
        upToNow ? tr("Response time over the last %1").arg(span)
                : tr("Response time over %1").arg(formatMoments(view, m_axis.zone(), QLocale()));
    return tr("%1: median %2, slowest %3, %4.")
        .arg(period, formatLatency(*middle, QLocale()), formatLatency(longest, QLocale()),
             tr("%n gap(s)", nullptr, int(gaps)));
}

} // namespace backwatch
