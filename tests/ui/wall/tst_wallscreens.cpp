// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/wall/wallscenes.h"
#include "ui/editor/addwebsite.h"
#include "ui/mainwindow.h"
#include "ui/theme/applicationstyle.h"
#include "ui/wall/firststartpage.h"
#include "ui/wall/wallpage.h"
#include "ui/wall/wallview.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace backwatch;

namespace {

using Scene = std::function<void(FakeWatch &)>;

void longNames(FakeWatch &watch)
{
    const UtcMs now = watch.nowValue;
    const QString host = u"donaudampfschifffahrtsgesellschaft-fahrplanauskunft.verkehrsverbund.example"_s;
    watch.putMonitor(
        sceneMonitor(u"Bürgerservice-Terminvereinbarungsportal der Stadtverwaltung"_s),
        troubleStatus(
            now, State::Down, 26 * 3'600'000, 0,
            u"Die Verbindung zum Anwendungsserver wurde abgelehnt; der Dienst hinter dem "
            "Lastverteiler nimmt seit dem letzten Neustart keine Verbindungen mehr an, und auch die "
            "Ersatzinstanz antwortet nicht innerhalb der vereinbarten Zeit"_s,
            Outcome::ConnectRefused));
    watch.putMonitor(sceneMonitor(host),
                     troubleStatus(now, State::Degraded, 7'000'000, 200,
                                   u"Zertifikatsgültigkeitszeitraumüberschreitungswarnung "
                                   "für donaudampfschifffahrtsgesellschaft-fahrplanauskunft"_s,
                                   Outcome::CertificateExpiring));
    for (int i = 0; i < 22; ++i)
        watch.putMonitor(sceneMonitor(i % 2 == 0
                                          ? QString(QString::number(i) + u'.' + host)
                                          : u"Ausländerbehörde Onlineterminvergabe Bezirk %1"_s.arg(i)),
                         wellStatus(now, 900 + i * 170, i + 2));
    watch.setHealth({now - 4'000, true, {}});
}

void stalled(FakeWatch &watch)
{
    putBusy(watch, 24);
    for (auto &status : watch.statuses)
        if (status.last)
            status.last->startedAt -= 240'000;
    watch.setHealth({watch.nowValue - 244'000, false, {}});
}

void faulty(FakeWatch &watch)
{
    putBusy(watch, 24);
    watch.setHealth({watch.nowValue - 1'000, true,
                     u"The disk is full, so answers are not being kept since 14:02. Free some space in "
                     "/home/admin/.local/share/backwatch."_s});
}

/// This machine's cable is out: nothing is known, and nobody is to blame.
void offline(FakeWatch &watch)
{
    putBusy(watch, 24);
    for (auto &status : watch.statuses) {
        status.state.state = State::NotObserved;
        status.incident.reset();
        if (status.last)
            status.last->outcome = Outcome::LocalNetwork;
    }
    WatchHealth health{watch.nowValue - 1'000, true, {}};
    health.ownNetworkFault = u"The gateway 192.0.2.1 does not answer, nor does anything beyond it."_s;
    health.ownNetworkLostAt = watch.nowValue - 95'000;
    watch.setHealth(health);
}

void withoutKeychain(FakeWatch &watch)
{
    putBusy(watch, 7);
    WatchHealth health{watch.nowValue - 1'000, true, {}};
    health.secretsTrouble =
        u"There is no keychain service, so 3 checks wait for their passwords. Start one, such as "
        "gnome-keyring, or keep the passwords for this session alone."_s;
    watch.setHealth(health);
}

} // namespace

/// Every scene in every size and theme: nothing warns, and nothing but the ground is blank. With
/// BACKWATCH_SHOTS=DIR the pictures are kept.
class TestWallScreens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void screen_data()
    {
        QTest::addColumn<Scene>("scene");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<Theme>("theme");
        const QSize laptop(1366, 768);
        const QSize desk(1920, 1080);
        const QSize tall(1080, 1920);
        const auto add = [](const char *name, const Scene &scene, QSize size, Theme theme) {
            QTest::newRow(name) << scene << size << theme;
        };
        const auto well = [](int count) { return [count](FakeWatch &watch) { putWell(watch, count); }; };
        const auto busy = [](int count) { return [count](FakeWatch &watch) { putBusy(watch, count); }; };
        add("one-light", well(1), laptop, Theme::Light);
        add("one-dark-tall", well(1), tall, Theme::Dark);
        add("states-light", putAllStates, laptop, Theme::Light);
        add("states-dark", putAllStates, desk, Theme::Dark);
        add("states-light-tall", putAllStates, tall, Theme::Light);
        add("busy7-dark", busy(7), desk, Theme::Dark);
        add("well48-light", well(48), desk, Theme::Light);
        add("busy48-light", busy(48), laptop, Theme::Light);
        add("busy48-dark", busy(48), desk, Theme::Dark);
        add("busy48-dark-tall", busy(48), tall, Theme::Dark);
        add("well300-light", well(300), desk, Theme::Light);
        add("busy300-dark", busy(300), desk, Theme::Dark);
        add("busy300-light", busy(300), laptop, Theme::Light);
        add("busy300-dark-4k", busy(300), QSize(3840, 2160), Theme::Dark);
        add("stalled-light", stalled, desk, Theme::Light);
        add("stalled-dark", stalled, laptop, Theme::Dark);
        add("fault-light", faulty, laptop, Theme::Light);
        add("fault-dark", faulty, desk, Theme::Dark);
        add("offline-light", offline, desk, Theme::Light);
        add("offline-dark", offline, laptop, Theme::Dark);
        add("no-keychain-light", withoutKeychain, laptop, Theme::Light);
        add("no-keychain-dark", withoutKeychain, desk, Theme::Dark);
        add("long-names-light", longNames, laptop, Theme::Light);
        add("long-names-dark", longNames, desk, Theme::Dark);
        add(
            "unasked-light",
            [](FakeWatch &watch) {
                for (int i = 0; i < 6; ++i)
                    watch.putMonitor(sceneMonitor(u"site%1.example.org"_s.arg(i)));
            },
            laptop, Theme::Light);
        add(
            "first-start-light", [](FakeWatch &) {}, laptop, Theme::Light);
        add(
            "first-start-dark", [](FakeWatch &) {}, desk, Theme::Dark);
        add(
            "first-start-error-light",
            [](FakeWatch &watch) {
                watch.failWith = Error{
                    Error::Kind::Invalid,
                    u"“shop example” is not an address: it holds a space. Write it as in a browser, such as "
                    "https://shop.example/."_s};
            },
            laptop, Theme::Light);
    }

    void screen()
    {
        QFETCH(Scene, scene);
        QFETCH(QSize, size);
        QFETCH(Theme, theme);
        applyTheme(*qApp, theme);
        FakeWatch watch;
        watch.nowValue = 1'790'000'000'000;
        scene(watch);
        MainWindow window(watch);
        window.wallPage()->setTimeZone(QTimeZone("Europe/Berlin"));
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        if (watch.failWith) {
            AddWebsite *add = window.firstStartPage()->addWebsite();
            add->field()->setText(u"shop example"_s);
            add->button()->click();
            QTRY_VERIFY(!add->error().isEmpty());
        }
        QCoreApplication::processEvents();
        const QImage picture = window.grab().toImage();
        QCOMPARE(picture.size(), size);
        QVERIFY(looksPainted(picture));
        if (const QString folder = qEnvironmentVariable("BACKWATCH_SHOTS"); !folder.isEmpty()) {
            QVERIFY(QDir().mkpath(folder));
            QVERIFY(picture.save(folder + u'/' + QLatin1StringView(QTest::currentDataTag()) + u".png"));
        }
    }

private:
    static bool looksPainted(const QImage &picture)
    {
        QSet<QRgb> colours;
        for (int y = 0; y < picture.height(); y += 3)
            for (int x = 0; x < picture.width(); x += 3)
                colours.insert(picture.pixel(x, y));
        return colours.size() > 12;
    }
};

QTEST_MAIN(TestWallScreens)
#include "tst_wallscreens.moc"
