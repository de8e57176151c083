// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/riskbadge.h"

#include "ui/incident/incidenttext.h"
#include "ui/theme/palette.h"

#include <QPainter>

namespace backwatch {

namespace {

constexpr int kRiskShape = 10;
constexpr int kRiskGap = 5;

QColor hue(Risk risk, const Palette &palette)
{
    switch (risk) {
    case Risk::ReadOnly:
        return palette.state(State::Up);
    case Risk::Reversible:
        return palette.state(State::Degraded);
    case Risk::Disruptive:
        return palette.code(500);
    }
    return palette.mutedText;
}

} // namespace

RiskBadge::RiskBadge(Risk risk, QWidget *parent) : QWidget(parent), m_risk(risk)
{
    setObjectName(QStringLiteral("risk"));
    setAccessibleName(tr("Risk: %1").arg(IncidentText::risk(risk)));
    switch (risk) {
    case Risk::ReadOnly:
        setToolTip(tr("Looks and changes nothing."));
        break;
    case Risk::Reversible:
        setToolTip(tr("Changes something that can be put back."));
        break;
    case Risk::Disruptive:
        setToolTip(tr("Visitors may notice it, or something is lost. Save the logs first."));
        break;
    }
}

QSize RiskBadge::sizeHint() const
{
    const auto metrics = fontMetrics();
    return {kRiskShape + kRiskGap + metrics.horizontalAdvance(IncidentText::risk(m_risk)) + 2,
            metrics.height() + 2};
}

void RiskBadge::paintEvent(QPaintEvent *)
{
    const Palette palette = currentPalette();
    const QColor colour = hue(m_risk, palette);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const QRectF shape(mirrored ? width() - kRiskShape - 1 : 1, (height() - kRiskShape) / 2.0, kRiskShape,
                       kRiskShape);
    painter.setPen(QPen(colour, 2));
    painter.setBrush(m_risk == Risk::ReadOnly ? QBrush(Qt::NoBrush) : QBrush(colour));
    if (m_risk == Risk::ReadOnly)
        painter.drawEllipse(shape.adjusted(1, 1, -1, -1));
    else if (m_risk == Risk::Reversible)
        painter.drawPolygon(QPolygonF{{shape.center().x(), shape.top() + 1},
                                      {shape.right() - 1, shape.bottom() - 1},
                                      {shape.left() + 1, shape.bottom() - 1}});
    else
        painter.drawRect(shape.adjusted(1, 1, -1, -1));
    painter.setPen(palette.text);
    const QRect words =
        rect().adjusted(mirrored ? 0 : kRiskShape + kRiskGap, 0, mirrored ? -kRiskShape - kRiskGap : 0, 0);
    painter.drawText(words, static_cast<int>(Qt::AlignVCenter | (mirrored ? Qt::AlignRight : Qt::AlignLeft)),
                     IncidentText::risk(m_risk));
}

} // namespace backwatch
