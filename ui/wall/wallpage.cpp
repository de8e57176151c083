// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/wallpage.h"

#include "ui/theme/applicationstyle.h"
#include "ui/theme/format.h"
#include "ui/theme/typography.h"
#include "ui/wall/notice.h"
#include "ui/wall/wallheadline.h"
#include "ui/wall/walltiles.h"
#include "ui/wall/wallview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>
#include <cmath>

using namespace std::chrono_literals;

namespace backwatch {

namespace {

constexpr auto kTurnEvery = 15s;
constexpr int kPageMargin = 16;

/// The shape in front of the sentence.
State worst(const QList<WallTile> &tiles)
{
    if (!tiles.isEmpty() && isTrouble(tiles.first().state))
        return tiles.first().state;
    for (const WallTile &tile : tiles)
        if (tile.state == State::Up)
            return State::Up;
    return State::NotObserved;
}

QToolButton *pagerButton(const QString &text, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(kQuietButton);
    button->setText(text);
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

} // namespace

WallPage::WallPage(Watch &watch, QWidget *parent)
    : QWidget(parent)
    , m_watch(watch)
    , m_zone(QTimeZone::systemTimeZone())
    , m_headline(new WallHeadline(this))
    , m_stalled(new Notice(Notice::Weight::Alarm, this))
    , m_fault(new Notice(Notice::Weight::Caution, this))
    , m_secrets(new Notice(Notice::Weight::Caution, this))
    , m_view(new WallView(this))
    , m_pager(new QWidget(this))
    , m_pageLabel(new QLabel(m_pager))
{
    build();
    connect(&m_watch, &Watch::monitorsChanged, this, &WallPage::refresh);
    connect(&m_watch, &Watch::statusChanged, this, &WallPage::refresh);
    connect(&m_watch, &Watch::healthChanged, this, &WallPage::refreshHeadline);
    connect(&m_watch, &Watch::incidentOpened, this, &WallPage::refresh);
    connect(&m_watch, &Watch::incidentClosed, this, &WallPage::refresh);
    connect(m_view, &WallView::monitorActivated, this, &WallPage::monitorActivated);
    connect(m_view, &WallView::incidentActivated, this, &WallPage::incidentActivated);
    connect(m_view, &WallView::pageChanged, this, &WallPage::pageChanged);
    connect(m_view, &WallView::handled, this, &WallPage::turnAgain);
    connect(&m_ticker, &QTimer::timeout, this, &WallPage::tick);
    connect(&m_turner, &QTimer::timeout, this, &WallPage::showNextPage);
    m_turner.setInterval(kTurnEvery);
    m_ticker.start(1s);
    refresh();
}

void WallPage::build()
{
    auto *earlier = pagerButton(QStringLiteral("‹"), tr("Previous page"), m_pager);
    auto *later = pagerButton(QStringLiteral("›"), tr("Next page"), m_pager);
    connect(earlier, &QToolButton::clicked, this, [this] {
        m_view->setPage(m_view->page() - 1);
        turnAgain();
    });
    connect(later, &QToolButton::clicked, this, [this] {
        m_view->setPage(m_view->page() + 1);
        turnAgain();
    });
    auto *pager = new QHBoxLayout(m_pager);
    pager->setContentsMargins(0, 0, 0, 0);
    pager->addStretch();
    pager->addWidget(earlier);
    pager->addWidget(m_pageLabel);
    pager->addWidget(later);
    pager->addStretch();
    m_pager->hide();
    m_secrets->setAction(tr("Passwords…"));
    connect(m_secrets, &Notice::actionRequested, this, &WallPage::passwordsRequested);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPageMargin, kPageMargin, kPageMargin, kPageMargin - 4);
    layout->setSpacing(kPageMargin - 4);
    layout->addWidget(m_headline);
    layout->addWidget(m_stalled);
    layout->addWidget(m_fault);
    layout->addWidget(m_secrets);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_pager);
    setFocusProxy(m_view);
}

void WallPage::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    refreshHeadline();
}

QString WallPage::stalledText() const
{
    return m_stalled->text();
}

QString WallPage::faultText() const
{
    return m_fault->text();
}

QString WallPage::secretsText() const
{
    return m_secrets->text();
}

QString WallPage::pageText() const
{
    return m_pager->isHidden() ? QString() : m_pageLabel->text();
}

void WallPage::tick()
{
    m_view->setNow(m_watch.now());
    refreshHeadline();
}

void WallPage::refresh()
{
    m_view->setTiles(arrangedTiles(m_watch.monitors(), m_watch), m_watch.now());
    refreshHeadline();
    jumpToNewProblem();
}

void WallPage::refreshHeadline()
{
    const UtcMs now = m_watch.now();
    const WatchHealth health = m_watch.health();
    const WallCounts counts = countsOf(m_view->tiles(), m_watch);
    m_headline->setSentence(worst(m_view->tiles()), headlineSentence(counts, health, now),
                            headlineDetails(counts, health, now));
    m_headline->setClock(clockText(now, m_zone), zoneText(now, m_zone));

    const bool stalled = isStalled(health, m_watch.monitors(), now);
    QString stalledWords;
    if (stalled && health.lastSampleAt > 0)
        stalledWords =
            tr("Backwatch is not checking. The newest answer is %1 old, and nothing below is current. "
               "Restart Backwatch.")
                .arg(durationText(milliseconds(now - health.lastSampleAt)));
    else if (stalled)
        stalledWords = tr("Backwatch is not checking yet. Restart it if this line stays.");
    m_stalled->setText(stalledWords);
    m_fault->setText(health.historyFault);
    m_secrets->setText(health.secretsTrouble);
    m_view->setFaded(stalled);
    m_headline->setFaded(stalled);
}

void WallPage::jumpToNewProblem()
{
    QSet<MonitorId> problems;
    MonitorId fresh = 0;
    for (const WallTile &tile : m_view->tiles()) {
        if (!isProblem(tile.state))
            continue;
        problems.insert(tile.monitor);
        if (fresh == 0 && m_filled && !m_problems.contains(tile.monitor))
            fresh = tile.monitor;
    }
    m_problems = problems;
    m_filled = true;
    if (fresh != 0) {
        m_view->setPage(m_view->pageOf(fresh));
        m_turner.stop();
    } else if (problems.isEmpty() && m_view->pages() > 1 && !m_turner.isActive()) {
        m_turner.start();
    }
}

void WallPage::pageChanged(int page, int pages)
{
    m_pager->setVisible(pages > 1);
    m_pageLabel->setText(tr("Page %1 of %2").arg(page + 1).arg(pages));
    if (pages < 2)
        m_turner.stop();
    else if (m_problems.isEmpty() && !m_turner.isActive())
        m_turner.start();
}

void WallPage::turnAgain()
{
    if (m_view->pages() > 1)
        m_turner.start();
}

void WallPage::showNextPage()
{
    m_view->setPage((m_view->page() + 1) % m_view->pages());
}

void WallPage::resizeEvent(QResizeEvent *)
{
    const double extent = std::sqrt(static_cast<double>(width()) * height());
    const int letters = std::clamp(qRound(extent / 36), 20, 76);
    m_headline->setLetterSize(letters);
    m_stalled->setLetterSize(qRound(letters * 0.56));
    m_fault->setLetterSize(qRound(letters * 0.5));
    m_secrets->setLetterSize(qRound(letters * 0.5));
}

} // namespace backwatch
