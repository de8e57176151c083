// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QRect>
#include <QSize>

namespace backwatch {

/// Where one tile stands.
struct TilePlace
{
    int page = 0;
    QRect rect; ///< inside the area; equal for the same page to no other

    bool operator==(const TilePlace &) const = default;
};

struct WallLayout
{
    QList<TilePlace> places; ///< problems first, then the others, in the order given
    int pages = 1;
    QSize calmTile;    ///< the size of a tile that is well
    QSize problemTile; ///< the size of a tile in trouble; never smaller than calmTile

    bool operator==(const WallLayout &) const = default;
};

/// The smallest tile that can still be read.
constexpr QSize kMinimumTile{98, 46};
/// The least room between two tiles; large tiles stand further apart.
constexpr int kTileGap = 6;

/// Lays out `problems` grown tiles and `others` calm ones behind them. Everything on one page where the tiles
/// stay readable, otherwise as many pages as that takes. Depends on its arguments alone. An area smaller than
/// one tile gives tiles of that area.
WallLayout layOutWall(QSize area, int problems, int others);

} // namespace backwatch
