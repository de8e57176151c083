// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"
#include "ui/theme/applicationstyle.h"

#include <QMainWindow>

#include <functional>

class QAction;
class QActionGroup;
class QLabel;
class QMenu;
class QStackedWidget;

namespace backwatch {

class FirstStartPage;
class WallPage;

/// The window: a bar on top, and below it one page at a time. The wall is home; while nothing is watched the
/// invitation stands in its place.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Watch &watch, QWidget *parent = nullptr);

    /// The page that opens for a monitor; `show` puts one on it. The window owns the page.
    void setMonitorPage(QWidget *page, std::function<void(MonitorId)> show);
    void setIncidentPage(QWidget *page, std::function<void(IncidentId)> show);

    /// What the menu shows as chosen; does not apply it.
    void setTheme(Theme theme);

    WallPage *wallPage() const { return m_wall; }
    FirstStartPage *firstStartPage() const { return m_firstStart; }
    QWidget *currentPage() const;

public Q_SLOTS:
    void showMonitor(backwatch::MonitorId id);
    void showIncident(backwatch::IncidentId id);
    void goBack();
    /// Opens full screen with the wall and nothing else.
    void showAsWall();

Q_SIGNALS:
    void demonstrationRequested();
    /// Somebody chose a theme; it has been applied.
    void themeChosen(backwatch::Theme theme);
    void quitRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void buildActions();
    void buildThemes(QMenu *menu);
    void buildBar();
    void goHome();
    void open(QWidget *page);
    void refresh();
    void askForWebsite();
    void askForPasswords();
    void showHistory();
    void setFullScreen(bool on);

    Watch &m_watch;
    QStackedWidget *m_pages;
    FirstStartPage *m_firstStart;
    WallPage *m_wall;
    QWidget *m_monitorPage = nullptr;
    QWidget *m_incidentPage = nullptr;
    std::function<void(MonitorId)> m_showMonitor;
    std::function<void(IncidentId)> m_showIncident;
    QList<QWidget *> m_trail; ///< the pages that Back returns to, the newest last

    QWidget *m_bar;
    QLabel *m_title;
    QAction *m_back;
    QAction *m_add;
    QAction *m_fullScreen;
    QAction *m_quit;
    QMenu *m_menu;
    QActionGroup *m_themes;
};

} // namespace backwatch
