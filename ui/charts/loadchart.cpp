// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/loadchart.h"

#include "ui/charts/axisformatter.h"
#include "ui/charts/chartstyle.h"
#include "ui/charts/timeaxis.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

constexpr int kPixelsPerLoadMark = 34;
constexpr int kSwatch = 22;
constexpr int kSwatchGap = 6;
constexpr int kLegendGap = 16;
constexpr float kLoadBandOpacity = 0.16F;
constexpr std::array kFamilies{LoadFamily::Use, LoadFamily::Waiting, LoadFamily::Connections,
                               LoadFamily::Requests};

/// Lines differ in colour and in their dashes.
QPen penOf(qsizetype index, const Palette &palette)
{
    const std::array colours{palette.accent,
                             palette.state(State::Degraded),
                             palette.state(State::Up),
                             palette.state(State::Unreachable),
                             palette.text,
                             palette.state(State::Down),
                             palette.mutedText};
    constexpr std::array kDashes{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine,
                                 Qt::DashDotDotLine};
    const auto place = static_cast<std::size_t>(index);
    return {colours[place % colours.size()], 1.8, kDashes[place % kDashes.size()], Qt::FlatCap,
            Qt::RoundJoin};
}

} // namespace

LoadChart::LoadChart(TimeAxis &axis, QWidget *parent) : TimeChart(axis, parent), m_choice(new QComboBox(this))
{
    setObjectName(QStringLiteral("loadChart"));
    setAccessibleName(tr("Load of the machines behind"));
    setMinimumHeight(92);
    m_choice->setObjectName(QStringLiteral("loadFamily"));
    m_choice->setAccessibleName(tr("What is shown of the load"));
    m_choice->view()->setAccessibleName(m_choice->accessibleName());
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_choice->setCursor(Qt::ArrowCursor);
    m_choice->hide();
    connect(m_choice, &QComboBox::currentIndexChanged, this, &LoadChart::invalidate);
}

void LoadChart::setData(const ChartData &chartData)
{
    m_lines = loadLines(chartData.load);
    QList<LoadFamily> present;
    for (const auto family : kFamilies)
        if (std::any_of(m_lines.cbegin(), m_lines.cend(),
                        [family](const LoadLine &line) { return line.family == family; }))
            present.append(family);
    QList<LoadFamily> offered;
    for (int i = 0; i < m_choice->count(); ++i)
        offered.append(static_cast<LoadFamily>(m_choice->itemData(i).toInt()));
    if (present != offered) {
        const LoadFamily before = family();
        const QSignalBlocker quiet(m_choice);
        m_choice->clear();
        for (const auto one : std::as_const(present))
            m_choice->addItem(loadFamilyName(one), static_cast<int>(one));
        m_choice->setCurrentIndex(std::max(0, m_choice->findData(static_cast<int>(before))));
        placeChoice();
    }
    TimeChart::setData(chartData);
}

LoadFamily LoadChart::family() const
{
    return m_choice->count() > 0 ? static_cast<LoadFamily>(m_choice->currentData().toInt()) : LoadFamily::Use;
}

QList<LoadLine> LoadChart::shownLines() const
{
    QList<LoadLine> lines = m_lines;
    lines.removeIf([shown = family()](const LoadLine &line) { return line.family != shown; });
    return lines;
}

void LoadChart::placeChoice()
{
    // Where the other charts have their title; a single family needs no choice.
    m_choice->setVisible(m_choice->count() > 1);
    m_choice->setFont(titleFont(font()));
    m_choice->ensurePolished();
    const QSize size = m_choice->sizeHint();
    m_choice->setGeometry(10, (ChartMetrics::kHeader - size.height()) / 2, size.width(), size.height());
}

ValueScale LoadChart::valueAxis() const
{
    double largest = family() == LoadFamily::Use ? 100 : 1;
    const TimeRange view = m_axis.view();
    for (const auto &line : shownLines())
        for (const auto &point : line.points)
            if (view.contains(point.at))
                largest = std::max(largest, point.most);
    const bool whole = family() != LoadFamily::Requests;
    return valueScale(largest, std::max(1, plotArea().height() / kPixelsPerLoadMark), whole);
}

void LoadChart::paintChart(QPainter &painter, const Palette &palette)
{
    const ValueScale scale = valueAxis();
    if (m_choice->isHidden())
        paintHeader(painter, palette, loadFamilyName(family()));
    paintGaps(painter, palette);
    paintTimeGrid(painter, palette);
    paintValues(painter, palette, scale);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(plotArea().adjusted(0, -1, 0, 1));
    const auto lines = shownLines();
    for (qsizetype i = lines.size() - 1; i >= 0; --i) // the first one on top
        paintLine(painter, lines[i], penOf(i, palette), scale);
}

void LoadChart::paintValues(QPainter &painter, const Palette &palette, const ValueScale &scale) const
{
    const QRect plot = plotArea();
    painter.setFont(labelFont(font()));
    const QFontMetrics metrics = painter.fontMetrics();
    for (const double mark : scale.marks) {
        const int y = plot.top() + qRound(scale.yAt(mark, plot.height()));
        painter.setPen(palette.grid);
        painter.drawLine(plot.left(), y, plot.right(), y);
        painter.setPen(palette.mutedText);
        painter.drawText(
            QRect(0, y - metrics.height() / 2, plot.left() - ChartMetrics::kLabelGap, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, loadValueText(family(), mark));
    }
}

void LoadChart::paintLine(QPainter &painter, const LoadLine &line, const QPen &pen,
                          const ValueScale &scale) const
{
    const QRect plot = plotArea();
    const TimeScale time = timeScale();
    const auto place = [&](UtcMs at, double value) {
        return QPointF(time.xAt(at), plot.top() + scale.yAt(value, plot.height()));
    };
    QColor fill = pen.color();
    fill.setAlphaF(kLoadBandOpacity);
    for (const auto &run : loadRuns(line.points)) {
        QPolygonF means;
        QPolygonF band;
        for (qsizetype i = run.first; i <= run.last; ++i) {
            means.append(place(line.points[i].at, line.points[i].mean));
            band.append(place(line.points[i].at, line.points[i].most));
        }
        for (qsizetype i = run.last; i >= run.first; --i)
            band.append(place(line.points[i].at, line.points[i].least));
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawPolygon(band);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(pen);
        if (means.size() > 1)
            painter.drawPolyline(means);
        else
            painter.drawEllipse(means.first(), 1.5, 1.5);
    }
}

QStringList LoadChart::legend() const
{
    QStringList items;
    for (const auto &line : shownLines()) {
        const auto time = m_axis.crosshair();
        const auto value = time ? loadAt(line, *time) : std::optional(line.points.last().mean);
        items.append(value ? tr("%1 %2", "what, how much").arg(line.label, loadValueText(family(), *value))
                           : line.label);
    }
    return items;
}

QStringList LoadChart::legendWithin(int room) const
{
    const QFontMetrics metrics(labelFont(font()));
    QStringList items = legend();
    QString rest;
    const auto width = [&] {
        int sum = rest.isEmpty() ? -kLegendGap : metrics.horizontalAdvance(rest);
        for (const auto &item : std::as_const(items))
            sum += kSwatch + kSwatchGap + metrics.horizontalAdvance(item) + kLegendGap;
        return sum;
    };
    for (int left = 0; !items.isEmpty() && width() > room;) {
        items.removeLast();
        rest = tr("+%1", "how many have no room in the legend").arg(++left);
    }
    return items << rest;
}

void LoadChart::paintLegend(QPainter &painter, const Palette &palette) const
{
    painter.setFont(labelFont(font()));
    const QFontMetrics metrics = painter.fontMetrics();
    const int baseline = ChartMetrics::kHeader / 2 + (metrics.ascent() - metrics.descent()) / 2;
    QStringList items = legendWithin(plotArea().right() + 1 - legendLeft());
    int x = plotArea().right() + 1; // from the right, where the other charts have theirs
    if (const QString rest = items.takeLast(); !rest.isEmpty()) {
        x -= metrics.horizontalAdvance(rest);
        painter.setPen(palette.mutedText);
        painter.drawText(x, baseline, rest);
        x -= kLegendGap;
    }
    for (qsizetype i = items.size() - 1; i >= 0; --i) {
        x -= metrics.horizontalAdvance(items[i]);
        painter.setPen(palette.mutedText);
        painter.drawText(x, baseline, items[i]);
        x -= kSwatch + kSwatchGap;
        painter.setPen(penOf(i, palette));
        painter.drawLine(x, ChartMetrics::kHeader / 2, x + kSwatch, ChartMetrics::kHeader / 2);
        x -= kLegendGap;
    }
}

int LoadChart::legendLeft() const
{
    const int titled = 16 + QFontMetrics(titleFont(font())).horizontalAdvance(loadFamilyName(family()));
    return kLegendGap + (m_choice->isHidden() ? titled : m_choice->geometry().right());
}

/// The legend follows the crosshair, so it is no part of what is kept as a picture.
void LoadChart::paintEvent(QPaintEvent *event)
{
    TimeChart::paintEvent(event);
    QPainter painter(this);
    paintLegend(painter, currentPalette());
}

void LoadChart::resizeEvent(QResizeEvent *event)
{
    TimeChart::resizeEvent(event);
    placeChoice();
}

bool LoadChart::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return TimeChart::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QRect header(legendLeft(), 0, plotArea().right() + 1 - legendLeft(), ChartMetrics::kHeader);
    if (header.contains(help->pos()) && !legendWithin(header.width()).last().isEmpty())
        QToolTip::showText(help->globalPos(), legend().join(u'\n'), this, header);
    else
        QToolTip::hideText();
    return true;
}

QString LoadChart::description() const
{
    const TimeRange view = m_axis.view();
    QStringList parts;
    for (const auto &line : shownLines()) {
        double most = 0;
        for (const auto &point : line.points)
            if (view.contains(point.at))
                most = std::max(most, point.most);
        parts.append(tr("%1 %2, at most %3", "what, how much now")
                         .arg(line.label, loadValueText(family(), line.points.last().mean),
                              loadValueText(family(), most)));
    }
    return tr("%1, %2: %3.")
        .arg(loadFamilyName(family()), formatMoments(view, m_axis.zone(), QLocale()),
             parts.join(QStringLiteral("; ")));
}

} // namespace backwatch
