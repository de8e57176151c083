// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/wallview.h"

#include "ui/wall/tilepainter.h"
#include "ui/wall/walltiles.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPaintEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <limits>

namespace backwatch {

namespace {

/// Room for the focus frame of a tile at the edge.
constexpr int kWallMargin = 4;

/// How far `to` lies from `from` in the direction of an arrow key, aside counting double; negative: not
/// there.
int distance(const QRect &from, const QRect &to, int key)
{
    const QPoint way = to.center() - from.center();
    const bool level = to.top() <= from.bottom() && to.bottom() >= from.top();
    const bool plumb = to.left() <= from.right() && to.right() >= from.left();
    switch (key) {
    case Qt::Key_Left:
        return to.right() < from.left() && level ? -way.x() + 2 * std::abs(way.y()) : -1;
    case Qt::Key_Right:
        return to.left() > from.right() && level ? way.x() + 2 * std::abs(way.y()) : -1;
    case Qt::Key_Up:
        return to.bottom() < from.top() && plumb ? -way.y() + 2 * std::abs(way.x()) : -1;
    case Qt::Key_Down:
        return to.top() > from.bottom() && plumb ? way.y() + 2 * std::abs(way.x()) : -1;
    default:
        return -1;
    }
}

} // namespace

WallView::WallView(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Monitors"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void WallView::setTiles(const QList<WallTile> &tiles, UtcMs now)
{
    const QList<WallTile> old = std::exchange(m_tiles, tiles);
    const MonitorId current = m_current >= 0 ? old.at(m_current).monitor : 0;
    m_now = now;
    m_current = indexOf(current);
    m_pressed = -1;
    if (m_tiles.size() != old.size() || problemCount(m_tiles) != problemCount(old)) {
        layOut();
    } else {
        for (int i = 0; i < m_tiles.size(); ++i)
            if (!looksLike(m_tiles.at(i), old.at(i)))
                updateTile(i);
    }
    announceCurrent();
}

void WallView::setNow(UtcMs now)
{
    m_now = now;
    for (int i = 0; i < m_tiles.size(); ++i) {
        WallTile &tile = m_tiles[i];
        const bool wasStale = tile.stale;
        if (!age(tile, now))
            continue;
        if (wasStale != tile.stale || isProblem(tile.state) || TilePainter::showsAge(m_layout.calmTile))
            updateTile(i);
    }
}

void WallView::setFaded(bool faded)
{
    if (std::exchange(m_faded, faded) != faded)
        update();
}

void WallView::setPage(int page)
{
    page = std::clamp(page, 0, m_layout.pages - 1);
    if (std::exchange(m_page, page) == page)
        return;
    update();
    Q_EMIT pageChanged(m_page, m_layout.pages);
}

int WallView::indexOf(MonitorId monitor) const
{
    for (int i = 0; i < m_tiles.size(); ++i)
        if (m_tiles.at(i).monitor == monitor)
            return i;
    return -1;
}

int WallView::pageOf(MonitorId monitor) const
{
    const int index = indexOf(monitor);
    return index < 0 ? -1 : m_layout.places.at(index).page;
}

QRect WallView::tileRect(int index) const
{
    if (index < 0 || index >= m_layout.places.size())
        return {};
    const QRect logical = m_layout.places.at(index).rect.translated(kWallMargin, kWallMargin);
    return QStyle::visualRect(layoutDirection(), rect(), logical);
}

int WallView::tileAt(const QPoint &point) const
{
    for (int i = 0; i < m_layout.places.size(); ++i)
        if (m_layout.places.at(i).page == m_page && tileRect(i).contains(point))
            return i;
    return -1;
}

void WallView::layOut()
{
    const int problems = problemCount(m_tiles);
    const QSize area = size() - QSize(2 * kWallMargin, 2 * kWallMargin);
    m_layout = layOutWall(area, problems, static_cast<int>(m_tiles.size()) - problems);
    m_page = std::clamp(m_page, 0, m_layout.pages - 1);
    update();
    Q_EMIT pageChanged(m_page, m_layout.pages);
}

void WallView::updateTile(int index)
{
    if (m_layout.places.at(index).page == m_page)
        update(tileRect(index).adjusted(-kWallMargin, -kWallMargin, kWallMargin, kWallMargin));
}

void WallView::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    const Palette palette = m_faded ? fadedPalette(currentPalette()) : currentPalette();
    TilePainter tiles(painter, palette, m_now);
    for (int i = 0; i < m_tiles.size(); ++i) {
        const QRect where = tileRect(i);
        if (m_layout.places.at(i).page != m_page ||
            !event->region().intersects(where.adjusted(-kWallMargin, -kWallMargin, kWallMargin, kWallMargin)))
            continue;
        const bool grown = isProblem(m_tiles.at(i).state);
        tiles.paint(m_tiles.at(i), where, grown ? m_layout.problemTile : m_layout.calmTile);
        ++m_painted;
    }
    if (hasFocus() && m_current >= 0 && m_layout.places.at(m_current).page == m_page)
        tiles.paintFocus(tileRect(m_current));
}

void WallView::resizeEvent(QResizeEvent *)
{
    layOut();
}

void WallView::setCurrent(int index)
{
    if (index < 0 || index >= m_tiles.size())
        return;
    const int old = std::exchange(m_current, index);
    if (old >= 0 && old < m_tiles.size())
        updateTile(old);
    setPage(m_layout.places.at(index).page);
    updateTile(index);
    announceCurrent();
}

void WallView::announceCurrent()
{
    const QString summary = m_current < 0 ? QString() : spokenTile(m_tiles.at(m_current));
    if (accessibleDescription() != summary)
        setAccessibleDescription(summary);
}

void WallView::activate(int index)
{
    if (index < 0 || index >= m_tiles.size())
        return;
    const WallTile &tile = m_tiles.at(index);
    if (isTrouble(tile.state) && tile.incident)
        Q_EMIT incidentActivated(*tile.incident);
    else
        Q_EMIT monitorActivated(tile.monitor);
}

int WallView::neighbour(int key) const
{
    const QRect from = tileRect(m_current);
    int best = -1;
    int bestDistance = std::numeric_limits<int>::max();
    for (int i = 0; i < m_tiles.size(); ++i) {
        if (m_layout.places.at(i).page != m_page)
            continue;
        const int way = distance(from, tileRect(i), key);
        if (way >= 0 && way < bestDistance) {
            best = i;
            bestDistance = way;
        }
    }
    return best;
}

void WallView::moveCurrent(int key)
{
    const int last = static_cast<int>(m_tiles.size()) - 1;
    if (key == Qt::Key_Home || key == Qt::Key_End) {
        setCurrent(key == Qt::Key_Home ? 0 : last);
        return;
    }
    if (m_current < 0 || m_layout.places.at(m_current).page != m_page) {
        const auto first = std::find_if(m_layout.places.cbegin(), m_layout.places.cend(),
                                        [&](const TilePlace &place) { return place.page == m_page; });
        setCurrent(static_cast<int>(first - m_layout.places.cbegin()));
        return;
    }
    if (const int next = neighbour(key); next >= 0) {
        setCurrent(next);
        return;
    }
    // At the end of a row the next one begins, so that the arrows alone reach every tile of every page.
    const int forward = layoutDirection() == Qt::RightToLeft ? Qt::Key_Left : Qt::Key_Right;
    const int backward = layoutDirection() == Qt::RightToLeft ? Qt::Key_Right : Qt::Key_Left;
    if (key == forward || key == Qt::Key_Down)
        setCurrent(std::min(m_current + 1, last));
    else if (key == backward || key == Qt::Key_Up)
        setCurrent(std::max(m_current - 1, 0));
}

bool WallView::turnPage(int key)
{
    if (m_layout.pages < 2 || (key != Qt::Key_PageUp && key != Qt::Key_PageDown))
        return false;
    setPage(m_page + (key == Qt::Key_PageDown ? 1 : -1));
    return true;
}

void WallView::keyPressEvent(QKeyEvent *event)
{
    if (m_tiles.isEmpty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        turnPage(event->key());
        break;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
        moveCurrent(event->key());
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        activate(m_current);
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    Q_EMIT handled();
}

void WallView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::LeftButton ? tileAt(event->position().toPoint()) : -1;
    if (m_pressed >= 0)
        setCurrent(m_pressed);
}

void WallView::mouseReleaseEvent(QMouseEvent *event)
{
    const int pressed = std::exchange(m_pressed, -1);
    if (event->button() == Qt::LeftButton && pressed >= 0 && tileAt(event->position().toPoint()) == pressed)
        activate(pressed);
}

void WallView::mouseMoveEvent(QMouseEvent *event)
{
    setCursor(tileAt(event->position().toPoint()) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void WallView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int index = byKey ? m_current : tileAt(event->pos());
    if (index < 0)
        return;
    const WallTile tile = m_tiles.at(index);
    QMenu menu;
    if (tile.incident)
        menu.addAction(tr("Open the incident"), this,
                       [this, id = *tile.incident] { Q_EMIT incidentActivated(id); });
    const auto open = [this](MonitorId id) { return [this, id] { Q_EMIT monitorActivated(id); }; };
    menu.addAction(tr("Open the monitor"), this, open(tile.monitor));
    if (!tile.consequences.isEmpty())
        menu.addSection(tr("Unreachable because of it"));
    for (qsizetype i = 0; i < tile.consequences.size(); ++i) {
        QString name = tile.consequences.at(i);
        menu.addAction(name.replace(u'&', QStringLiteral("&&")), this, open(tile.consequenceIds.at(i)));
    }
    menu.exec(byKey ? mapToGlobal(tileRect(index).center()) : event->globalPos());
}

void WallView::focusInEvent(QFocusEvent *event)
{
    // A frame where nobody uses the keyboard would only be noise on the wall.
    const bool byTab = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (byTab && m_current < 0 && !m_tiles.isEmpty())
        setCurrent(0);
    QWidget::focusInEvent(event);
}

void WallView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

bool WallView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int index = tileAt(help->pos());
        if (index < 0) {
            QToolTip::hideText();
            event->ignore();
            return true;
        }
        const WallTile &tile = m_tiles.at(index);
        QStringList lines{tile.name, tile.duration};
        if (!tile.cause.isEmpty())
            lines.append(tile.cause);
        // Quoted: a name or a cause may look like markup, which a tooltip would obey.
        QToolTip::showText(help->globalPos(),
                           lines.join(u'\n').toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")), this,
                           tileRect(index));
        return true;
    }
    return QWidget::event(event);
}

} // namespace backwatch
