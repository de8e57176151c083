// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QSet>
#include <QTimeZone>
#include <QTimer>
#include <QWidget>

class QLabel;

namespace backwatch {

class Notice;
class WallHeadline;
class WallView;

/// The wall: how everything is, in one sentence and one picture.
class WallPage : public QWidget
{
    Q_OBJECT

public:
    explicit WallPage(Watch &watch, QWidget *parent = nullptr);

    /// The zone of the clock; the system's unless set.
    void setTimeZone(const QTimeZone &zone);

    WallView *view() const { return m_view; }
    WallHeadline *headline() const { return m_headline; }
    QString stalledText() const; ///< empty while checks are made
    QString faultText() const;   ///< empty while history is stored
    QString secretsText() const; ///< empty while passwords are to be had
    QString pageText() const;    ///< empty with a single page
    bool turnsPages() const { return m_turner.isActive(); }

public Q_SLOTS:
    /// Lets ages grow and the clock move on; a timer calls it every second.
    void tick();
    /// Shows the next page, after the last one the first; a timer calls it while there are several.
    void showNextPage();

Q_SIGNALS:
    void monitorActivated(backwatch::MonitorId id);
    void incidentActivated(backwatch::IncidentId id);
    void passwordsRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void refresh();
    void refreshHeadline();
    void jumpToNewProblem();
    void pageChanged(int page, int pages);
    void turnAgain();

    Watch &m_watch;
    QTimeZone m_zone;
    WallHeadline *m_headline;
    Notice *m_stalled;
    Notice *m_fault;
    Notice *m_secrets;
    WallView *m_view;
    QWidget *m_pager;
    QLabel *m_pageLabel;
    QTimer m_ticker;
    QTimer m_turner;
    QSet<MonitorId> m_problems; ///< known ones; a new one turns the page to itself
    bool m_filled = false;
};

} // namespace backwatch
