// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "ui/editor/addwebsitedialog.h"
#include "ui/editor/passwordsdialog.h"
#include "ui/settings/historydialog.h"
#include "ui/theme/typography.h"
#include "ui/wall/firststartpage.h"
#include "ui/wall/wallpage.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace backwatch {

namespace {

QToolButton *barButton(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(kQuietButton);
    button->setDefaultAction(action);
    button->setFocusPolicy(Qt::TabFocus);
    const auto follow = [action, button] { button->setVisible(action->isVisible()); };
    QObject::connect(action, &QAction::changed, button, follow);
    follow();
    return button;
}

} // namespace

MainWindow::MainWindow(Watch &watch, QWidget *parent)
    : QMainWindow(parent)
    , m_watch(watch)
    , m_pages(new QStackedWidget(this))
    , m_firstStart(new FirstStartPage(watch))
    , m_wall(new WallPage(watch))
    , m_bar(new QWidget(this))
    , m_title(new QLabel(m_bar))
    , m_back(new QAction(tr("← Back"), this))
    , m_add(new QAction(tr("Add website"), this))
    , m_fullScreen(new QAction(tr("Full screen"), this))
    , m_quit(new QAction(tr("Quit"), this))
    , m_menu(new QMenu(this))
    , m_themes(new QActionGroup(this))
{
    setWindowTitle(QStringLiteral("Backwatch"));
    m_pages->addWidget(m_firstStart);
    m_pages->addWidget(m_wall);
    buildActions();
    buildBar();
    auto *frame = new QWidget(this);
    auto *layout = new QVBoxLayout(frame);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_pages, 1);
    setCentralWidget(frame);
    resize(1280, 800);

    connect(m_wall, &WallPage::monitorActivated, this, &MainWindow::showMonitor);
    connect(m_wall, &WallPage::incidentActivated, this, &MainWindow::showIncident);
    connect(m_wall, &WallPage::passwordsRequested, this, &MainWindow::askForPasswords);
    connect(m_firstStart, &FirstStartPage::demonstrationRequested, this, &MainWindow::demonstrationRequested);
    connect(&m_watch, &Watch::monitorsChanged, this, &MainWindow::refresh);
    goHome();
}

void MainWindow::buildActions()
{
    // Each page has its own button for it.
    m_back->setShortcuts({QKeySequence(Qt::ALT | Qt::Key_Left), QKeySequence(Qt::Key_Escape)});
    m_add->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_N));
    m_fullScreen->setShortcut(QKeySequence(Qt::Key_F11));
    m_fullScreen->setCheckable(true);
    m_quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    connect(m_back, &QAction::triggered, this, &MainWindow::goBack);
    connect(m_add, &QAction::triggered, this, &MainWindow::askForWebsite);
    connect(m_fullScreen, &QAction::triggered, this, &MainWindow::setFullScreen);
    connect(m_quit, &QAction::triggered, this, [this] {
        Q_EMIT quitRequested();
        close();
    });
    m_menu->addAction(tr("Passwords…"), this, &MainWindow::askForPasswords);
    m_menu->addAction(tr("History…"), this, &MainWindow::showHistory);
    buildThemes(m_menu->addMenu(tr("Theme")));
    m_menu->addAction(m_fullScreen);
    m_menu->addSeparator();
    m_menu->addAction(m_quit);
    // The shortcuts must work while the bar is hidden.
    addActions({m_back, m_add, m_fullScreen, m_quit});
}

void MainWindow::buildThemes(QMenu *menu)
{
    const auto add = [&](Theme theme, const QString &text) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(theme));
        m_themes->addAction(action);
    };
    add(Theme::System, tr("As the system"));
    add(Theme::Light, tr("Light"));
    add(Theme::Dark, tr("Dark"));
    setTheme(Theme::System);
    connect(m_themes, &QActionGroup::triggered, this, [this](const QAction *action) {
        const auto theme = static_cast<Theme>(action->data().toInt());
        if (auto *application = qobject_cast<QApplication *>(QCoreApplication::instance()))
            applyTheme(*application, theme);
        Q_EMIT themeChosen(theme);
    });
}

void MainWindow::buildBar()
{
    m_title->setText(QStringLiteral("Backwatch"));
    m_title->setFont(textFont(TextRole::Subtitle));
    auto *menu = new QToolButton(m_bar);
    menu->setObjectName(kQuietButton);
    menu->setText(QStringLiteral("☰"));
    menu->setAccessibleName(tr("Menu"));
    menu->setToolTip(tr("Menu"));
    menu->setMenu(m_menu);
    menu->setPopupMode(QToolButton::InstantPopup);
    auto *layout = new QHBoxLayout(m_bar);
    layout->setContentsMargins(16, 6, 12, 0);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addStretch();
    layout->addWidget(barButton(m_add, m_bar));
    layout->addWidget(menu);
}

void MainWindow::setMonitorPage(QWidget *page, std::function<void(MonitorId)> show)
{
    m_monitorPage = page;
    m_showMonitor = std::move(show);
    m_pages->addWidget(page);
}

void MainWindow::setIncidentPage(QWidget *page, std::function<void(IncidentId)> show)
{
    m_incidentPage = page;
    m_showIncident = std::move(show);
    m_pages->addWidget(page);
}

void MainWindow::setTheme(Theme theme)
{
    for (QAction *action : m_themes->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(theme));
}

QWidget *MainWindow::currentPage() const
{
    return m_pages->currentWidget();
}

void MainWindow::showMonitor(MonitorId id)
{
    if (!m_monitorPage)
        return;
    m_showMonitor(id);
    open(m_monitorPage);
}

void MainWindow::showIncident(IncidentId id)
{
    if (!m_incidentPage)
        return;
    m_showIncident(id);
    open(m_incidentPage);
}

void MainWindow::open(QWidget *page)
{
    if (currentPage() == page)
        return;
    m_trail.removeAll(page);
    m_trail.append(currentPage());
    m_pages->setCurrentWidget(page);
    m_back->setVisible(true);
    page->setFocus();
}

void MainWindow::goBack()
{
    if (m_trail.isEmpty())
        return;
    QWidget *page = m_trail.takeLast();
    if (m_trail.isEmpty()) {
        goHome();
        return;
    }
    m_pages->setCurrentWidget(page);
    page->setFocus();
}

void MainWindow::goHome()
{
    QWidget *home = m_watch.monitors().isEmpty() ? static_cast<QWidget *>(m_firstStart) : m_wall;
    m_trail.clear();
    m_pages->setCurrentWidget(home);
    m_back->setVisible(false);
    m_add->setVisible(home == m_wall);
    home->setFocus();
}

void MainWindow::refresh()
{
    const bool none = m_watch.monitors().isEmpty();
    const bool atHome = currentPage() == m_wall || currentPage() == m_firstStart;
    if (none || atHome)
        if (!(none ? currentPage() == m_firstStart : currentPage() == m_wall))
            goHome();
}

void MainWindow::askForWebsite()
{
    if (m_watch.monitors().isEmpty()) {
        m_firstStart->setFocus();
        return;
    }
    auto *dialog = new AddWebsiteDialog(m_watch, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::askForPasswords()
{
    auto *dialog = new PasswordsDialog(m_watch, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showHistory()
{
    auto *dialog = new HistoryDialog(m_watch, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::setFullScreen(bool on)
{
    if (on)
        showFullScreen();
    else
        showNormal();
}

void MainWindow::showAsWall()
{
    goHome();
    showFullScreen();
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    // On the first page Back is off, and Escape is still expected to leave the full screen.
    if (event->key() == Qt::Key_Escape && isFullScreen())
        setFullScreen(false);
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::WindowStateChange) {
        m_fullScreen->setChecked(isFullScreen());
        m_bar->setVisible(!isFullScreen());
    }
    QMainWindow::changeEvent(event);
}

} // namespace backwatch
