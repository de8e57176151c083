// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartreadout.h"

#include "ui/charts/axisformatter.h"
#include "ui/charts/chartstyle.h"
#include "ui/charts/timeaxis.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kHeight = 36;
constexpr int kGap = 18;
constexpr int kCodeGap = 14;

} // namespace

ChartReadout::ChartReadout(TimeAxis &axis, QWidget *parent) : QWidget(parent), m_axis(axis)
{
    setObjectName(QStringLiteral("chartReadout"));
    setFixedHeight(kHeight);
    connect(&axis, &TimeAxis::crosshairChanged, this, &ChartReadout::refresh);
    connect(&axis, &TimeAxis::viewChanged, this, &ChartReadout::refresh);
    refresh();
}

void ChartReadout::setData(const ChartData &chartData)
{
    m_data = chartData;
    refresh();
}

QSize ChartReadout::sizeHint() const
{
    return {400, kHeight};
}

const Rollup *ChartReadout::current() const
{
    const auto time = m_axis.crosshair();
    if (!time)
        return nullptr;
    const auto &all = m_data.rollups;
    const auto it = std::partition_point(all.cbegin(), all.cend(), [&](const Rollup &rollup) {
        return rollup.start + rollup.width.count() <= *time;
    });
    return it != all.cend() && it->start <= *time ? &*it : nullptr;
}

void ChartReadout::refresh()
{
    const QLocale locale;
    const auto time = m_axis.crosshair();
    const Rollup *rollup = current();
    m_codes.clear();
    m_figures.clear();
    if (!time) {
        m_when = formatMoments(m_axis.view(), m_axis.zone(), locale);
        if (m_data.width.count() > 0)
            m_figures = tr("one column is %1").arg(formatSpan(m_data.width, locale));
    } else if (rollup) {
        m_when = formatMoments({rollup->start, rollup->start + rollup->width.count()}, m_axis.zone(), locale);
        m_codes = codeDetails(*rollup);
        if (rollup->p50)
            m_figures = tr("median %1 · 95th percentile %2 · slowest %3")
                            .arg(formatLatency(*rollup->p50, locale),
                                 formatLatency(rollup->p95.value_or(*rollup->p50), locale),
                                 formatLatency(rollup->max.value_or(*rollup->p50), locale));
        else
            m_figures = tr("no response time");
    } else {
        m_when = formatMoment(*time, m_axis.zone(), locale);
        const bool gap = std::any_of(m_data.gaps.cbegin(), m_data.gaps.cend(),
                                     [&](const TimeRange &range) { return range.contains(*time); });
        m_figures = gap ? tr("not observed") : tr("no checks here");
    }
    setAccessibleName(text());
    update();
}

QString ChartReadout::text() const
{
    QStringList parts{m_when};
    for (const auto &item : m_codes)
        parts.append(tr("%1: %L2", "code, count").arg(item.label).arg(item.count));
    if (!m_figures.isEmpty())
        parts.append(m_figures);
    return parts.join(QStringLiteral(" · "));
}

void ChartReadout::paintEvent(QPaintEvent *)
{
    const Palette palette = currentPalette();
    QPainter painter(this);
    const QFont plain = labelFont(font());
    QFont strong = plain;
    strong.setWeight(QFont::DemiBold);
    const QRect row = rect();
    int x = 16;
    const auto write = [&](const QString &text, const QFont &font, const QColor &colour) {
        painter.setFont(font);
        painter.setPen(colour);
        painter.drawText(QRect(x, row.top(), row.right() - x, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         text);
        x += painter.fontMetrics().horizontalAdvance(text) + kGap;
    };
    write(m_when, strong, palette.text);
    for (const auto &item : std::as_const(m_codes)) {
        x += paintLegendItem(&painter, {x, row.center().y() + 1}, item, plain, palette) + kCodeGap;
    }
    x += m_codes.isEmpty() ? 0 : kGap - kCodeGap;
    write(m_figures, plain, m_codes.isEmpty() ? palette.mutedText : palette.text);

    const QString zone = formatOffset(m_axis.view().to - 1, m_axis.zone());
    painter.setFont(plain);
    const int width = painter.fontMetrics().horizontalAdvance(zone);
    const int left = row.right() + 1 - ChartMetrics::kRight - width;
    if (left > x) {
        painter.setPen(palette.mutedText);
        painter.drawText(QRect(left, row.top(), width, row.height()), Qt::AlignVCenter, zone);
    }
}

} // namespace backwatch
