// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartstyle.h"

#include <QLocale>
#include <QPainter>
#include <QPixmap>

namespace backwatch {

namespace {

constexpr int kHatchTile = 8;
constexpr int kChip = 10;
constexpr int kChipGap = 7;
constexpr int kItemGap = 20;

} // namespace

QColor mixed(const QColor &from, const QColor &to, double share)
{
    const auto part = [share](float a, float b) {
        return float(double(a) + (double(b) - double(a)) * share);
    };
    return QColor::fromRgbF(part(from.redF(), to.redF()), part(from.greenF(), to.greenF()),
                            part(from.blueF(), to.blueF()));
}

QBrush hatchBrush(const QColor &line, const QColor &ground, qreal devicePixelRatio)
{
    const int side = qRound(kHatchTile * devicePixelRatio);
    QPixmap tile(side, side);
    tile.fill(ground);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(line, 1.4 * devicePixelRatio, Qt::SolidLine, Qt::FlatCap));
    for (const int shift : {-1, 0, 1})
        painter.drawLine(QPointF(shift * side - 1, side + 1), QPointF((shift + 1) * side + 1, -1));
    painter.end();
    tile.setDevicePixelRatio(devicePixelRatio);
    return QBrush(tile);
}

QBrush gapBrush(const Palette &palette, qreal devicePixelRatio)
{
    return hatchBrush(mixed(palette.surface, palette.hatch, 0.75),
                      mixed(palette.surface, palette.hatch, 0.12), devicePixelRatio);
}

QBrush codeBrush(int hueCode, const Palette &palette, qreal devicePixelRatio)
{
    const QColor colour = palette.code(hueCode);
    // What is well stands back, so that what is not stands out.
    if (codeClass(hueCode) == CodeClass::Success)
        return mixed(colour, palette.surface, palette.dark ? 0.4 : 0.3);
    if (hueCode != 0)
        return colour;
    return hatchBrush(mixed(colour, palette.surface, 0.65), colour, devicePixelRatio);
}

QFont labelFont(const QFont &base)
{
    QFont font = base;
    font.setPixelSize(12);
    return font;
}

QFont titleFont(const QFont &base)
{
    QFont font = base;
    font.setPixelSize(13);
    font.setWeight(QFont::DemiBold);
    return font;
}

int paintLegendItem(QPainter *painter, QPoint left, const LegendItem &item, const QFont &font,
                    const Palette &palette)
{
    const QFontMetrics metrics(font);
    const QString count = QLocale().toString(item.count);
    const int labelWidth = metrics.horizontalAdvance(item.label);
    const int gap = metrics.horizontalAdvance(u' ') + 2;
    const int width = kChip + kChipGap + labelWidth + gap + metrics.horizontalAdvance(count);
    if (!painter)
        return width;

    painter->save();
    painter->setFont(font);
    const int baseline = left.y() + (metrics.ascent() - metrics.descent()) / 2;
    const QRect chip(left.x(), left.y() - kChip / 2, kChip, kChip);
    painter->fillRect(chip, codeBrush(item.hueCode, palette, painter->device()->devicePixelRatioF()));
    painter->setPen(palette.mutedText);
    painter->drawText(left.x() + kChip + kChipGap, baseline, item.label);
    painter->setPen(palette.text);
    painter->drawText(left.x() + kChip + kChipGap + labelWidth + gap, baseline, count);
    painter->restore();
    return width;
}

void paintLegend(QPainter &painter, QPoint right, int room, const QList<LegendItem> &items,
                 const Palette &palette)
{
    const QFont font = labelFont(painter.font());
    int x = right.x();
    for (auto it = items.crbegin(); it != items.crend(); ++it) {
        x -= paintLegendItem(nullptr, {}, *it, font, palette);
        if (right.x() - x > room)
            return;
        paintLegendItem(&painter, {x, right.y()}, *it, font, palette);
        x -= kItemGap;
    }
}

} // namespace backwatch
