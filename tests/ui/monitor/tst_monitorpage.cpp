// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakewatch.h"
#include "tests/support/plausiblehistory.h"
#include "ui/charts/chartreadout.h"
#include "ui/charts/codechart.h"
#include "ui/charts/latencychart.h"
#include "ui/charts/loadchart.h"
#include "ui/charts/statestrip.h"
#include "ui/charts/timeaxis.h"
#include "ui/monitor/monitorpage.h"
#include "ui/theme/palette.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

#include <cmath>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace backwatch {

namespace {

constexpr UtcMs kNow = 1'774'710'000'000; // 2026-03-28T15:00:00Z, the day before clocks go forward in Berlin

void setTheme(bool dark)
{
    const Palette colours = dark ? darkPalette() : lightPalette();
    QPalette palette(colours.surface, colours.window);
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::Base, colours.surface);
    QApplication::setPalette(palette);
}

} // namespace

class TestMonitorPage : public QObject
{
    Q_OBJECT

private:
    void fill(FakeWatch &watch);
    void putLoad(FakeWatch &watch);

    template <typename Widget>
    Widget *child(const MonitorPage &page, const QString &name)
    {
        auto *found = page.findChild<Widget *>(name);
        if (!found)
            qWarning("no %s", qPrintable(name));
        return found;
    }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void showsTheMonitor();
    void saysTheLastFailure();
    void choosesRanges_data();
    void choosesRanges();
    void checksAndPauses();
    void saysWhyPausingFailed();
    void listsIncidents();
    void opensIncidentsFromTheStrip();
    void refreshesOncePerSecondAndKeepsTheZoom();
    void showsTheSentenceOfAnError();
    void goesBackWhenTheMonitorIsRemoved();
    void takesRemoteTextAsPlain();
    void chartsTheLoadWhereThereIsSome();
    void saysWhyTheLoadCannotBeRead();
    void everyControlHasAName();
    void pictures_data();
    void pictures();
};

/// Of a day, a reading a minute; the sources went silent for an hour.
void TestMonitorPage::putLoad(FakeWatch &watch)
{
    LoadSeries cpu{u"host.cpu.busy"_s, {}, {}};
    LoadSeries memory{u"host.memory.available"_s, {}, {}};
    LoadSeries workers{u"php-fpm.workers.active"_s, {}, {{0, 20}}};
    LoadSeries queue{u"php-fpm.queue"_s, {}, {}};
    LoadSeries requests{u"nginx.requests"_s, {}, {}};
    for (int minute = 0; minute < 1'440; ++minute) {
        if (minute > 700 && minute < 760)
            continue;
        const UtcMs at = kNow - (1'440 - minute) * 60'000LL;
        const double wave = 0.5 + 0.4 * std::sin(minute / 90.0) + 0.05 * std::sin(minute / 3.0);
        cpu.points.append({at, wave, wave * 0.9, std::min(1.0, wave * 1.1)});
        memory.points.append({at, 0.6 - wave / 3, 0.6 - wave / 3, 0.6 - wave / 3});
        workers.points.append({at, std::round(20 * wave), std::round(18 * wave), std::round(20 * wave)});
        queue.points.append({at, wave > 0.85 ? 12.0 : 0, 0, wave > 0.85 ? 20.0 : 0});
        requests.points.append({at, 40 * wave, 38 * wave, 44 * wave});
    }
    watch.loads[u"Shop"_s] = {cpu, memory, workers, queue, requests};
}

void TestMonitorPage::fill(FakeWatch &watch)
{
    const auto history = std::make_shared<PlausibleHistory>(kNow);
    watch.nowValue = kNow;
    Monitor monitor;
    monitor.id = 7;
    monitor.service = u"Shop"_s;
    monitor.name = u"Front page"_s;
    HttpCheck check;
    check.url = QUrl(u"https://shop.example/start?lang=en"_s);
    monitor.check = check;
    MonitorStatus status;
    status.state.state = State::Up;
    status.state.since = kNow - 17 * 60'000;
    status.availability24h = 0.96289;
    Sample last;
    last.monitor = 7;
    last.startedAt = kNow - 4'000;
    last.outcome = Outcome::Ok;
    last.httpStatus = 200;
    last.phases.total = 51'300us;
    status.last = last;
    Sample failed = last;
    failed.startedAt = kNow - 18 * 60'000;
    failed.outcome = Outcome::HttpStatus;
    failed.httpStatus = 503;
    failed.detail = u"503 Service Unavailable"_s;
    status.lastHour = {{failed, State::Down}, {last, State::Up}};
    watch.putMonitor(monitor, status);
    watch.rollupsFor = [history](MonitorId, UtcMs from, UtcMs to, milliseconds width) {
        return Result<QList<Rollup>>(history->rollups(from, to, width));
    };
    watch.intervals.insert(7, history->states());
    watch.incidentList = history->incidents(7);
}

void TestMonitorPage::showsTheMonitor()
{
    FakeWatch watch;
    fill(watch);
    MonitorPage page(watch);
    page.axis().setZone(QTimeZone("Europe/Berlin"));
    page.resize(1366, 768);
    page.QWidget::show();
    page.show(7);

    QCOMPARE(child<QLabel>(page, u"monitorName"_s)->text(), u"Shop · Front page"_s);
    QCOMPARE(child<QLabel>(page, u"monitorTarget"_s)->text(), u"https://shop.example/start?lang=en"_s);
    QCOMPARE(child<QLabel>(page, u"stateText"_s)->text(), u"Up since Sat 28 Mar, 15:43 (17 min)"_s);
    QCOMPARE(child<QLabel>(page, u"latestAnswer"_s)->text(), u"200 in 51 ms, 4 s ago"_s);
    QCOMPARE(child<QLabel>(page, u"availability"_s)->text(), u"96.28 %"_s);
    QTRY_VERIFY(!child<CodeChart>(page, u"codeChart"_s)->legend().isEmpty());
    const auto description = child<LatencyChart>(page, u"latencyChart"_s)->accessibleDescription();
    QVERIFY2(description.startsWith(u"Response time over the last 24 h: median "_s), qPrintable(description));
    QVERIFY2(description.endsWith(u"1 gap(s)."_s), qPrintable(description));
}

void TestMonitorPage::saysTheLastFailure()
{
    FakeWatch watch;
    fill(watch);
    MonitorPage page(watch);
    page.show(7);
    auto *failure = child<QLabel>(page, u"lastFailure"_s);
    QCOMPARE(failure->text(), u"503 Service Unavailable, 18 min ago"_s);

    MonitorStatus status = watch.status(7);
    status.lastHour.clear();
    watch.statuses.insert(7, status);
    page.show(7);
    QCOMPARE(failure->text(), u"None in the last hour"_s);

    status.cause = u"Varnish answers 503 Backend fetch failed"_s;
    watch.statuses.insert(7, status);
    page.show(7);
    QCOMPARE(failure->text(), u"Varnish answers 503 Backend fetch failed"_s);
}

void TestMonitorPage::choosesRanges_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<qint64>("span");
    QTest::addColumn<qint64>("width");
    QTest::newRow("1 h") << 1 << qint64(3'600'000) << qint64(30'000);
    QTest::newRow("6 h") << 2 << qint64(21'600'000) << qint64(60'000);
    QTest::newRow("24 h") << 3 << qint64(86'400'000) << qint64(300'000);
    QTest::newRow("7 d") << 4 << qint64(604'800'000) << qint64(1'800'000);
    QTest::newRow("30 d") << 5 << qint64(2'592'000'000) << qint64(10'800'000);
}

void TestMonitorPage::choosesRanges()
{
    QFETCH(int, key);
    QFETCH(qint64, span);
    QFETCH(qint64, width);
    FakeWatch watch;
    fill(watch);
    MonitorPage page(watch);
    page.resize(1366, 768);
    page.QWidget::show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    page.show(7);
    QTest::keyClick(&page, Qt::Key(Qt::Key_0 + key));
    QVERIFY(child<QPushButton>(page, u"range%1"_s.arg(key))->isChecked());
    QCOMPARE(page.axis().view(), (TimeRange{kNow - span, kNow}));
    QTRY_COMPARE(child<CodeChart>(page, u"codeChart"_s)->data().width.count(), width);
    QTRY_COMPARE(watch.rollupRequests.last().width.count(), width);
    QVERIFY(watch.rollupRequests.last().from <= kNow - span);
    QCOMPARE(watch.rollupRequests.last().to, kNow);
}

void TestMonitorPage::checksAndPauses()
{
    FakeWatch watch;
    fill(watch);
    MonitorPage page(watch);
    page.QWidget::show();
    page.show(7);
    auto *check = child<QPushButton>(page, u"checkNow"_s);
    QTest::mouseClick(check, Qt::LeftButton);
    QCOMPARE(watch.checkedNow, QList<MonitorId>{7});
    QVERIFY(!check->isEnabled());
    Q_EMIT watch.statusChanged({7});
    QVERIFY(check->isEnabled());

    auto *pause = child<QPushButton>(page, u"pause"_s);
    QCOMPARE(pause->text(), u"Pause"_s);
    QTest::mouseClick(pause, Qt::LeftButton);
    QCOMPARE(watch.pausedCalls, (QList<QPair<MonitorId, bool>>{{7, true}}));
    QCOMPARE(pause->text(), u"Resume"_s);
    QTest::mouseClick(pause, Qt::LeftButton);
    QCOMPARE(watch.pausedCalls.last(), (QPair<MonitorId, bool>{7, false}));
}

void TestMonitorPage::saysWhyPausingFailed()
{
    FakeWatch watch;
    fill(watch);
    MonitorPage page(watch);
    page.QWidget::show();
    page.show(7);
    watch.failWith = Error{Error::Kind::Unwritable, u"The database is read-only; free some space."_s};
    QTest::mouseClick(child<QPushButton>(page, u"pause"_s), Qt::LeftButton);
    auto *notice = child<QLabel>(page, u"notice"_s);
    QTRY_VERIFY(notice->isVisible());
    QCOMPARE(notice->text(), watch.failWith->sentence);
}

void TestMonitorPage::listsIncidents()
{
    FakeWatch watch;
    fill(watch);
    MonitorPage page(watch);
    page.axis().setZone(QTimeZone("Europe/Berlin"));
    page.resize(1366, 768);
    page.QWidget::show();
    page.show(7);
    auto *list = child<QTreeWidget>(page, u"incidentList"_s);
    QTRY_COMPARE(list->topLevelItemCount(), 3);
    QCOMPARE(list->topLevelItem(1)->text(0), u"Sat 28 Mar, 11:00"_s);
    QCOMPARE(list->topLevelItem(1)->text(1), u"40 min"_s);
    QCOMPARE(list->topLevelItem(1)->text(2), u"503 Backend fetch failed"_s);

    QSignalSpy opened(&page, &MonitorPage::incidentActivated);
    list->setCurrentItem(list->topLevelItem(1));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.first().first().value<IncidentId>(), watch.incidentList.at(1).id);
    const QPoint second = list->visualItemRect(list->topLevelItem(2)).center();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, second);
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, second);
    QCOMPARE(opened.count(), 2);

    child<QPushButton>(page, u"range1"_s)->click();
    QTRY_COMPARE(list->topLevelItemCount(), 1);
    watch.incidentList.clear();
    child<QPushButton>(page, u"range2"_s)->click();
    QTRY_VERIFY(child<QLabel>(page, u"noIncidents"_s)->isVisible());
}

void TestMonitorPage::opensIncidentsFromTheStrip()
{
    FakeWatch watch;
    fill(watch);
    MonitorPage page(watch);
    page.resize(1366, 768);
    page.QWidget::show();
    page.show(7);
    auto *strip = child<StateStrip>(page, u"stateStrip"_s);
    QTRY_VERIFY(!strip->data().incidents.isEmpty());
    QSignalSpy opened(&page, &MonitorPage::incidentActivated);
    const Incident incident = watch.incidentList.at(1);
    const int x = qRound(strip->timeScale().xAt(incident.openedAt + 20 * 60'000));
    QTest::mouseClick(strip, Qt::LeftButton, {}, {x, strip->plotArea().center().y()});
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.first().first().value<IncidentId>(), incident.id);

    strip->setFocus();
    page.axis().setCrosshair(incident.openedAt);
    QTest::keyClick(strip, Qt::Key_Return);
    QCOMPARE(opened.count(), 2);
}

void TestMonitorPage::refreshesOncePerSecondAndKeepsTheZoom()
{
    FakeWatch watch;
    fill(watch);
    MonitorPage page(watch);
    page.resize(1366, 768);
    page.QWidget::show();
    page.show(7);
    page.axis().zoom(0.25, kNow - 5 * 3'600'000);
    const TimeRange zoomed = page.axis().view();
    auto *codes = child<CodeChart>(page, u"codeChart"_s);
    QTRY_COMPARE(codes->data().width, milliseconds(1min));
    QVERIFY(child<QPushButton>(page, u"resetZoom"_s)->isVisible());

    const auto asked = watch.rollupRequests.size();
    for (int i = 0; i < 20; ++i) {
        watch.nowValue += 100;
        Q_EMIT watch.statusChanged({7});
    }
    QVERIFY(watch.rollupRequests.size() <= asked + 1);
    QCOMPARE(page.axis().view(), zoomed);
    Q_EMIT watch.statusChanged({8});
    page.axis().reset();
    QCOMPARE(page.axis().view().to, watch.nowValue - 1'900); // what the first refresh saw
}

void TestMonitorPage::showsTheSentenceOfAnError()
{
    FakeWatch watch;
    fill(watch);
    watch.failWith = Error{Error::Kind::Unreadable, u"The history cannot be read; run the doctor."_s};
    MonitorPage page(watch);
    page.resize(1366, 768);
    page.QWidget::show();
    page.show(7);
    auto *error = child<QLabel>(page, u"chartError"_s);
    QTRY_VERIFY(error->isVisible());
    QCOMPARE(error->text(), watch.failWith->sentence);
    QVERIFY(!child<CodeChart>(page, u"codeChart"_s)->isVisible());

    watch.failWith.reset();
    Q_EMIT watch.statusChanged({7});
    QTRY_VERIFY(child<CodeChart>(page, u"codeChart"_s)->isVisible());
    QVERIFY(!error->isVisible());
}

void TestMonitorPage::goesBackWhenTheMonitorIsRemoved()
{
    FakeWatch watch;
    fill(watch);
    MonitorPage page(watch);
    page.show(7);
    QSignalSpy back(&page, &MonitorPage::backRequested);
    watch.removeMonitor(7);
    QCOMPARE(back.count(), 1);
    QTest::mouseClick(child<QPushButton>(page, u"back"_s), Qt::LeftButton);
    QCOMPARE(back.count(), 2);
}

void TestMonitorPage::takesRemoteTextAsPlain()
{
    FakeWatch watch;
    fill(watch);
    MonitorStatus status = watch.status(7);
    status.cause = u"<b>bold</b><img src='file:///etc/passwd'>"_s;
    watch.statuses.insert(7, status);
    MonitorPage page(watch);
    page.show(7);
    for (const auto *label : page.findChildren<QLabel *>()) {
        if (label->text().contains(u'<'))
            QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY2(!label->toolTip().contains(u"<b>"_s), qPrintable(label->objectName()));
    }
}

void TestMonitorPage::chartsTheLoadWhereThereIsSome()
{
    FakeWatch watch;
    fill(watch);
    MonitorPage page(watch);
    page.resize(1'366, 900);
    page.QWidget::show();
    page.show(7);
    auto *chart = child<LoadChart>(page, u"loadChart"_s);
    QTRY_VERIFY(child<CodeChart>(page, u"codeChart"_s)->data().width.count() > 0);
    QVERIFY(!chart->isVisible());
    putLoad(watch);
    page.show(7);
    QTRY_VERIFY(chart->isVisible());
    QVERIFY(chart->hasLines());
}

void TestMonitorPage::saysWhyTheLoadCannotBeRead()
{
    FakeWatch watch;
    fill(watch);
    MonitorPage page(watch);
    page.show(7);
    auto *faults = child<QLabel>(page, u"loadFaults"_s);
    QVERIFY(faults->isHidden());
    watch.loadFaultsOf[u"Shop"_s] = {u"Apache at 10.0.0.5 tells no load: Connection refused."_s};
    watch.setStatus(7, watch.status(7));
    page.show(7);
    QVERIFY(!faults->isHidden());
    QCOMPARE(faults->text(), u"Apache at 10.0.0.5 tells no load: Connection refused."_s);
    watch.loadFaultsOf.clear();
    page.show(7);
    QVERIFY(faults->isHidden());
}

void TestMonitorPage::everyControlHasAName()
{
    FakeWatch watch;
    fill(watch);
    putLoad(watch);
    MonitorPage page(watch);
    page.show(7);
    for (const auto *widget : page.findChildren<QWidget *>()) {
        const auto *button = qobject_cast<const QPushButton *>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()) ||
                           qobject_cast<const QLabel *>(widget);
        if ((widget->focusPolicy() & Qt::TabFocus) && !widget->objectName().startsWith(u"qt_"_s) &&
            !widget->inherits("QComboBoxPrivateContainer")) // the frame of a list that has a name
            QVERIFY2(named, qPrintable(widget->objectName()));
    }
}

void TestMonitorPage::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("range");
    QTest::addColumn<QString>("scene");
    const QSize small(1366, 768);
    const QSize large(1920, 1080);
    for (const bool dark : {false, true}) {
        const char *theme = dark ? "dark" : "light";
        for (const int range : {1, 2, 3, 4, 5}) {
            QTest::addRow("%s-1366-%d", theme, range) << dark << small << range << u"full"_s;
            QTest::addRow("%s-1920-%d", theme, range) << dark << large << range << u"full"_s;
        }
        for (const char *scene :
             {"crosshair", "empty", "error", "zoomed", "single", "failing", "load", "loadfault"})
            QTest::addRow("%s-1366-%s", theme, scene) << dark << small << 3 << QString::fromLatin1(scene);
    }
}

// Every scene is drawn; with BACKWATCH_SHOTS=DIR the pictures are kept there for a person to look at.
void TestMonitorPage::pictures()
{
    QFETCH(bool, dark);
    QFETCH(QSize, size);
    QFETCH(int, range);
    QFETCH(QString, scene);
    setTheme(dark);
    FakeWatch watch;
    fill(watch);
    const auto all = watch.rollupsFor;
    if (scene == u"empty") {
        watch.rollupsFor = {};
        watch.intervals.clear();
        watch.incidentList.clear();
        watch.statuses.insert(7, {});
    } else if (scene == u"error") {
        watch.failWith = Error{Error::Kind::Unreadable,
                               u"The history cannot be read because the disk is full; free some space and "
                               "charts come back by themselves."_s};
    } else if (scene == u"single") {
        watch.rollupsFor = [all](MonitorId id, UtcMs, UtcMs, milliseconds width) {
            return all(id, kNow - 2 * 3'600'000, kNow - 2 * 3'600'000 + width.count(), width);
        };
        watch.intervals.clear();
    } else if (scene == u"failing") {
        watch.rollupsFor = [all](MonitorId id, UtcMs from, UtcMs to, milliseconds width) {
            auto rollups = *all(id, from, to, width);
            for (auto &rollup : rollups)
                rollup = {rollup.start,
                          rollup.width,
                          rollup.checks,
                          rollup.checks,
                          {{0, rollup.checks}},
                          {},
                          {},
                          {},
                          {},
                          {}};
            return Result<QList<Rollup>>(rollups);
        };
        watch.intervals.insert(7, {{State::Down, kNow - 86'400'000, kNow}});
        watch.setStatus(7, {{State::Down, kNow - 86'400'000, State::Down, kNow - 86'400'000, 90, 0},
                            {},
                            {},
                            0.0,
                            {},
                            u"No answer: the name shop.example does not resolve"_s});
    }
    if (scene.startsWith(u"load"))
        putLoad(watch);
    if (scene == u"loadfault")
        watch.loadFaultsOf[u"Shop"_s] = {
            u"Apache at 10.0.0.5 tells no load: 10.0.0.5 port 80 refused the connection."_s,
            u"node_exporter at 10.0.0.5:9100 tells no load: A page for people came."_s};
    MonitorPage page(watch);
    page.axis().setZone(QTimeZone("Europe/Berlin"));
    page.resize(size);
    page.QWidget::show();
    page.show(7);
    child<QPushButton>(page, u"range%1"_s.arg(range))->click();
    if (scene == u"zoomed")
        page.axis().zoom(0.12, kNow - 5 * 3'600'000);
    auto *codes = child<CodeChart>(page, u"codeChart"_s);
    if (scene == u"error")
        QTRY_VERIFY(!codes->isVisible());
    else
        QTRY_VERIFY(codes->data().loaded.from <= page.axis().view().from && codes->data().width.count() > 0);
    QTest::qWait(150); // the axis has settled
    if (scene == u"crosshair") {
        codes->setFocus();
        page.axis().setCrosshair(kNow - 290 * 60'000);
    }
    const QImage picture = page.grab().toImage();
    QCOMPARE(picture.size(), size);
    const QString folder = qEnvironmentVariable("BACKWATCH_SHOTS");
    if (!folder.isEmpty()) {
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(picture.save(folder + u'/' + QString::fromLatin1(QTest::currentDataTag()) + u".png"_s));
    }
}

} // namespace backwatch

QTEST_MAIN(backwatch::TestMonitorPage)
#include "tst_monitorpage.moc"
