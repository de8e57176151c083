// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wall/walllayout.h"
#include "ui/wall/walltile.h"

#include <QWidget>

namespace backwatch {

/// All tiles of the wall, painted by one widget: a change repaints the tiles that it touches. Arrow keys move
/// the current tile, Enter or a click opens it, Page Up and Page Down turn the page.
class WallView : public QWidget
{
    Q_OBJECT

public:
    explicit WallView(QWidget *parent = nullptr);

    /// `tiles` stand in this order, the problems first. The current tile stays the same monitor.
    void setTiles(const QList<WallTile> &tiles, UtcMs now);
    /// Lets the tiles age.
    void setNow(UtcMs now);
    /// Without hue: what the tiles show is no longer true.
    void setFaded(bool faded);

    const QList<WallTile> &tiles() const { return m_tiles; }
    int pages() const { return m_layout.pages; }
    int page() const { return m_page; }
    void setPage(int page);
    /// -1 when the monitor has no tile of its own.
    int indexOf(MonitorId monitor) const;
    int pageOf(MonitorId monitor) const;
    /// In the widget's coordinates, on whichever page it is; empty without a tile.
    QRect tileRect(int index) const;
    /// The tile at a point of the page that is shown, or -1.
    int tileAt(const QPoint &point) const;
    int current() const { return m_current; } ///< -1: none yet
    void setCurrent(int index);
    void activate(int index);
    /// How many tiles were painted since the widget was made.
    int tilesPainted() const { return m_painted; }

    QSize sizeHint() const override { return {960, 540}; }
    QSize minimumSizeHint() const override { return {320, 200}; }

Q_SIGNALS:
    void monitorActivated(backwatch::MonitorId id);
    void incidentActivated(backwatch::IncidentId id);
    void pageChanged(int page, int pages);
    /// Somebody turned the page or moved the current tile by hand.
    void handled();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void layOut();
    void updateTile(int index);
    void moveCurrent(int key);
    bool turnPage(int key);
    int neighbour(int key) const;
    void announceCurrent();

    QList<WallTile> m_tiles;
    WallLayout m_layout;
    UtcMs m_now = 0;
    int m_page = 0;
    int m_current = -1;
    int m_pressed = -1;
    int m_painted = 0;
    bool m_faded = false;
};

} // namespace backwatch
