// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/phasebar.h"

#include "ui/incident/incidenttext.h"
#include "ui/theme/palette.h"

#include <QPainter>

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kBarHeight = 16;
constexpr int kSwatch = 10;
constexpr int kSwatchGap = 6;
constexpr int kBetween = 16;

QColor hue(const QString &id, const Palette &palette)
{
    if (id == u"dns")
        return palette.state(State::Unreachable);
    if (id == u"connect")
        return palette.state(State::Degraded);
    if (id == u"tls")
        return palette.state(State::Up);
    if (id == u"send")
        return palette.state(State::Paused);
    if (id == u"wait")
        return palette.accent;
    return palette.text;
}

} // namespace

PhaseBar::PhaseBar(const Phases &phases, QWidget *parent) : QWidget(parent), m_total(phases.total)
{
    const auto add = [this](const QString &id, const std::optional<microseconds> &time) {
        if (time)
            m_parts.append(
                {id, tr("%1 %2").arg(IncidentText::phase(id), IncidentText::milliseconds1(*time)), *time});
    };
    add(QStringLiteral("dns"), phases.dns);
    add(QStringLiteral("connect"), phases.connect);
    add(QStringLiteral("tls"), phases.tls);
    add(QStringLiteral("send"), phases.send);
    add(QStringLiteral("wait"), phases.wait);
    add(QStringLiteral("receive"), phases.receive);

    setObjectName(QStringLiteral("phases"));
    QStringList labels;
    for (const auto &part : std::as_const(m_parts))
        labels.append(part.label);
    setAccessibleName(tr("Phases of the check: %1").arg(labels.join(QStringLiteral(", "))));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QList<QPointF> PhaseBar::legendPlaces(int width) const
{
    QList<QPointF> places;
    const int line = fontMetrics().height() + 2;
    int x = 0;
    int y = kBarHeight + kSwatchGap;
    for (const auto &part : m_parts) {
        const int needed = kSwatch + kSwatchGap + fontMetrics().horizontalAdvance(part.label);
        if (x > 0 && x + needed > width) {
            x = 0;
            y += line;
        }
        places.append(QPointF(x, y));
        x += needed + kBetween;
    }
    return places;
}

int PhaseBar::heightForWidth(int width) const
{
    const auto places = legendPlaces(width);
    const int top = places.isEmpty() ? kBarHeight : static_cast<int>(places.last().y());
    return top + fontMetrics().height() + 4;
}

QSize PhaseBar::sizeHint() const
{
    return {360, heightForWidth(360)};
}

QSize PhaseBar::minimumSizeHint() const
{
    return {120, kBarHeight};
}

void PhaseBar::paintBar(QPainter &painter, const Palette &palette) const
{
    const QRectF bar(0, 0, width(), kBarHeight);
    painter.fillRect(bar, palette.grid);
    microseconds sum{0};
    for (const auto &part : m_parts)
        sum += part.time;
    if (sum.count() == 0)
        return;
    // A phase that happened is seen, however short; the longest one gives what that takes.
    constexpr double kLeast = 2;
    const auto longest = std::max_element(m_parts.begin(), m_parts.end(),
                                          [](const Part &a, const Part &b) { return a.time < b.time; });
    double others = 0;
    const auto share = [&](const Part &part) {
        const double exact =
            bar.width() * static_cast<double>(part.time.count()) / static_cast<double>(sum.count());
        return std::max(kLeast, exact);
    };
    for (auto it = m_parts.begin(); it != m_parts.end(); ++it)
        others += it == longest ? 0 : share(*it);
    double x = 0;
    for (auto it = m_parts.begin(); it != m_parts.end(); ++it) {
        const double wide = it == longest ? std::max(kLeast, bar.width() - others) : share(*it);
        const double left = layoutDirection() == Qt::RightToLeft ? bar.width() - x - wide : x;
        painter.fillRect(QRectF(left, 0, std::max(1.0, wide - 1), kBarHeight), hue(it->id, palette));
        x += wide;
    }
}

void PhaseBar::paintEvent(QPaintEvent *)
{
    const Palette palette = currentPalette();
    QPainter painter(this);
    paintBar(painter, palette);
    const auto places = legendPlaces(width());
    const int line = fontMetrics().height();
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        const int needed = kSwatch + kSwatchGap + fontMetrics().horizontalAdvance(m_parts[i].label);
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        const double x = mirrored ? width() - places[i].x() - needed : places[i].x();
        const double swatchX = mirrored ? x + needed - kSwatch : x;
        painter.fillRect(QRectF(swatchX, places[i].y() + (line - kSwatch) / 2.0, kSwatch, kSwatch),
                         hue(m_parts[i].id, palette));
        painter.setPen(palette.text);
        painter.drawText(
            QPointF(mirrored ? x : x + kSwatch + kSwatchGap, places[i].y() + fontMetrics().ascent()),
            m_parts[i].label);
    }
}

} // namespace backwatch
