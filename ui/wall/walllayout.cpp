// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/walllayout.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

namespace backwatch {

namespace {

/// What a person reads from across the room: a tile in trouble aims at this, or at that share of the area.
constexpr QSize kComfortableProblem{340, 170};
constexpr double kComfortableShare = 0.18;
/// Below this the cause does not fit, and several pages are better.
constexpr QSize kReadableProblem{230, 110};
/// From this width on tiles stand further apart.
constexpr int kWideTile = 190;
constexpr int kWideGap = 10;
/// A cell that is about this much wider than high holds a name, a figure and a sparkline best.
constexpr double kCellAspect = 1.75;
constexpr double kHighestCell = 0.95; ///< of its width
/// A page that cannot show everything is for reading, not for counting.
constexpr QSize kPagedTile{132, 60};
constexpr int kLargestSpan = 5;

/// Which cells of a page are taken, filled row by row.
class Grid
{
public:
    Grid(int columns, int rows)
        : m_columns(columns), m_rows(rows), m_taken(static_cast<std::size_t>(columns) * asSize(rows))
    {
    }

    /// The first free square of span × span cells, taken from now on.
    std::optional<QPoint> take(int span)
    {
        for (int row = m_firstFree; row + span <= m_rows; ++row)
            for (int column = 0; column + span <= m_columns; ++column)
                if (isFree(column, row, span)) {
                    fill(column, row, span);
                    return QPoint(column, row);
                }
        return std::nullopt;
    }

private:
    static std::size_t asSize(int n) { return static_cast<std::size_t>(n); }
    std::size_t at(int column, int row) const { return asSize(row) * asSize(m_columns) + asSize(column); }

    bool isFree(int column, int row, int span) const
    {
        for (int y = row; y < row + span; ++y)
            for (int x = column; x < column + span; ++x)
                if (m_taken[at(x, y)])
                    return false;
        return true;
    }

    void fill(int column, int row, int span)
    {
        for (int y = row; y < row + span; ++y)
            for (int x = column; x < column + span; ++x)
                m_taken[at(x, y)] = true;
        while (m_firstFree < m_rows && rowIsFull(m_firstFree))
            ++m_firstFree;
    }

    bool rowIsFull(int row) const
    {
        for (int x = 0; x < m_columns; ++x)
            if (!m_taken[at(x, row)])
                return false;
        return true;
    }

    int m_columns;
    int m_rows;
    int m_firstFree = 0;
    std::vector<bool> m_taken;
};

struct Plan
{
    int columns = 1;
    int rows = 1;
    int span = 1;
};

int gapOf(QSize area, const Plan &plan)
{
    return area.width() / plan.columns >= kWideTile ? kWideGap : kTileGap;
}

QSize cellSize(QSize area, const Plan &plan)
{
    const int gap = gapOf(area, plan);
    const int width = std::max(1, (area.width() + gap) / plan.columns - gap);
    const int height = std::max(1, (area.height() + gap) / plan.rows - gap);
    return {width, std::min(height, std::max(kMinimumTile.height(), qRound(width * kHighestCell)))};
}

QSize problemSize(QSize area, const Plan &plan)
{
    const int gaps = (plan.span - 1) * gapOf(area, plan);
    return cellSize(area, plan) * plan.span + QSize(gaps, gaps);
}

bool isAtLeast(QSize size, QSize least)
{
    return size.width() >= least.width() && size.height() >= least.height();
}

/// The fewest rows of `columns` cells that hold everything.
int rowsFor(int columns, int span, int problems, int others)
{
    if (problems == 0)
        return (others + columns - 1) / columns;
    const int aBand = columns / span;
    const int bands = (problems + aBand - 1) / aBand;
    const int spare = bands * span * columns - problems * span * span;
    return bands * span + std::max(0, others - spare + columns - 1) / columns;
}

/// How well a cell can be read: as wide as its height allows.
double legibility(QSize cell)
{
    return std::min<double>(cell.width(), cell.height() * kCellAspect);
}

std::optional<Plan> bestWithSpan(QSize area, int span, int problems, int others)
{
    std::optional<Plan> best;
    double bestScore = 0;
    const int most = std::max(1, (area.width() + kTileGap) / (kMinimumTile.width() + kTileGap));
    for (int columns = problems > 0 ? span : 1; columns <= most; ++columns) {
        const Plan plan{columns, std::max(1, rowsFor(columns, span, problems, others)), span};
        const QSize cell = cellSize(area, plan);
        if (!isAtLeast(cell, kMinimumTile) ||
            (span > 1 && !isAtLeast(problemSize(area, plan), kReadableProblem)))
            continue;
        const double used = problems * span * span + others;
        const double fill = used / (plan.columns * plan.rows);
        if (const double score = legibility(cell) * fill * fill; score > bestScore) {
            bestScore = score;
            best = plan;
        }
    }
    return best;
}

/// Everything on one page, problems as large as it takes to read them from afar. Nothing when it does not
/// fit.
std::optional<Plan> onePage(QSize area, int problems, int others)
{
    // With nothing but problems they are all equal, and growing them means nothing.
    if (problems == 0 || others == 0)
        return bestWithSpan(area, 1, problems, others);
    const QSize comfortable = kComfortableProblem.expandedTo((QSizeF(area) * kComfortableShare).toSize());
    std::optional<Plan> best;
    for (int span = 2; span <= kLargestSpan; ++span) {
        const std::optional<Plan> plan = bestWithSpan(area, span, problems, others);
        if (plan)
            best = plan;
        if (plan && isAtLeast(problemSize(area, *plan), comfortable))
            break;
    }
    return best;
}

Plan pagedPlan(QSize area, int problems)
{
    const auto count = [](int whole, int tile) {
        return std::max(1, (whole + kTileGap) / (tile + kTileGap));
    };
    Plan plan{count(area.width(), kPagedTile.width()), count(area.height(), kPagedTile.height()), 1};
    const int widest = std::min({plan.columns, plan.rows, 2 + (problems <= 12)});
    plan.span = problems > 0 ? std::max(1, widest) : 1;
    return plan;
}

void place(WallLayout &layout, QSize area, const Plan &plan, int problems, int others)
{
    const QSize cell = cellSize(area, plan);
    layout.calmTile = cell;
    layout.problemTile = problemSize(area, plan);
    const int gap = gapOf(area, plan);
    // Whole cells leave a few pixels over; spreading them keeps both edges of the wall straight.
    const int usedHeight = cell.height() * plan.rows + gap * (plan.rows - 1);
    const auto left = [&](int column) { return column * (area.width() + gap) / plan.columns; };
    const auto top = [&](int row) { return row * (usedHeight + gap) / plan.rows; };
    Grid grid(plan.columns, plan.rows);
    int page = 0;
    for (int i = 0; i < problems + others; ++i) {
        const int span = i < problems ? plan.span : 1;
        std::optional<QPoint> at = grid.take(span);
        if (!at) {
            ++page;
            grid = Grid(plan.columns, plan.rows);
            at = grid.take(span);
        }
        const QPoint from(left(at->x()), top(at->y()));
        const QPoint to(left(at->x() + span) - gap, top(at->y() + span) - gap);
        layout.places.append({page, QRect(from, QSize(to.x() - from.x(), to.y() - from.y()))});
    }
    layout.pages = page + 1;
}

} // namespace

WallLayout layOutWall(QSize area, int problems, int others)
{
    WallLayout layout;
    area = area.expandedTo({1, 1});
    if (problems + others <= 0)
        return layout;
    const std::optional<Plan> plan = onePage(area, problems, others);
    place(layout, area, plan ? *plan : pagedPlan(area, problems), problems, others);
    return layout;
}

} // namespace backwatch
