// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/palette.h"
#include "ui/wall/walltile.h"

#include <QFont>
#include <QRectF>

class QPainter;

namespace backwatch {

/// Paints the tiles of a wall. Everything on a tile grows with the tile.
class TilePainter
{
public:
    /// Widgets that read from right to left are mirrored: set the painter's layout direction.
    TilePainter(QPainter &painter, const Palette &palette, UtcMs now);

    /// `scale` is the size that letters are measured by; tiles of one kind share it, as they differ by a
    /// pixel.
    void paint(const WallTile &tile, const QRectF &where, QSizeF scale);
    /// The mark of the tile that the keyboard acts on.
    void paintFocus(const QRectF &where);

    /// Whether a calm tile of this size has room for its age; if not, it need not be painted every second.
    static bool showsAge(QSizeF size);

private:
    void paintCard(const WallTile &tile, const QRectF &where, qreal radius);
    void paintProblem(const WallTile &tile, const QRectF &where);
    void paintCompact(const WallTile &tile, const QRectF &where);
    void paintCalm(const WallTile &tile, const QRectF &where);

    void nameLine(const WallTile &tile, const QRectF &line, const QFont &font, qreal shapeSide);
    void figuresLine(const WallTile &tile, const QRectF &line, const QFont &large, const QFont &small);
    void consequencesLine(const WallTile &tile, const QRectF &line, const QFont &font);
    void footer(const WallTile &tile, const QRectF &line, const QFont &font, const QColor &colour);
    void spark(const WallTile &tile, const QRectF &where);
    void text(const QRectF &where, int flags, const QString &words, const QFont &font, const QColor &colour);
    qreal wrapped(const QRectF &where, const QString &words, const QFont &font, int mostLines);
    QRectF mirrored(const QRectF &part, const QRectF &whole) const;

    QPainter &m_painter;
    const Palette &m_palette;
    UtcMs m_now;
    QSizeF m_scale;
    QColor m_ground; ///< what the current tile's text stands on
    QColor m_text;
    QColor m_muted;
};

} // namespace backwatch
