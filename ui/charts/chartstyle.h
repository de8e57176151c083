// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/codeclass.h"
#include "ui/theme/palette.h"

#include <QBrush>
#include <QFont>

class QPainter;

namespace backwatch {

/// Distances that all charts of a stack share, in pixels: their plots line up because these are the same.
struct ChartMetrics
{
    static constexpr int kLeft = 72;   ///< for the value labels
    static constexpr int kRight = 24;  ///< room for half a time label
    static constexpr int kHeader = 34; ///< title and legend
    static constexpr int kFooter = 10;
    static constexpr int kLabelGap = 10; ///< between a value label and the plot
};

/// A colour a part of the way from one to another.
QColor mixed(const QColor &from, const QColor &to, double share);

/// Slanted lines, continuous over neighbouring areas of one painter.
QBrush hatchBrush(const QColor &line, const QColor &ground, qreal devicePixelRatio);
/// Where nothing was observed.
QBrush gapBrush(const Palette &palette, qreal devicePixelRatio);
/// How one class of codes is filled; no answer is dark and hatched.
QBrush codeBrush(int hueCode, const Palette &palette, qreal devicePixelRatio);

QFont labelFont(const QFont &base); ///< axes and legends
QFont titleFont(const QFont &base);

/// A coloured chip, a label and its count; returns the width. Paints nothing without a painter.
int paintLegendItem(QPainter *painter, QPoint left, const LegendItem &item, const QFont &font,
                    const Palette &palette);
/// The items in a row that ends at `right`; those that do not fit are left out from the front.
void paintLegend(QPainter &painter, QPoint right, int room, const QList<LegendItem> &items,
                 const Palette &palette);

} // namespace backwatch
