// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakewatch.h"
#include "ui/settings/historydialog.h"
#include "ui/theme/applicationstyle.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace backwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kDay = 86'400'000;
constexpr UtcMs kNow = 1'790'000'000'000; // 2026-09-21 14:13:20 UTC

} // namespace

class TestHistoryDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsHowTheHistoryIs();
    void everyTierHasItsSizeAndSetting();
    void saysWhatGoesBeforeItGoes();
    void keepingLongerDeletesNothing();
    void anOlderAnswerSaysNothing();
    void whatCannotBeReadIsSaid();
    void whatCannotBeStoredIsSaid();
    void everyControlHasANameAndIsReachedByTab();
    void screens();

private:
    QString text(const char *name) const
    {
        return m_dialog->findChild<QLabel *>(QLatin1String(name))->text();
    }
    QSpinBox *days(const QString &part) const { return named<QSpinBox>(part + u": days to keep"_s); }
    QCheckBox *forGood(const QString &part) const { return named<QCheckBox>(part + u": keep for good"_s); }
    QPushButton *store() const { return m_dialog->findChild<QPushButton *>(u"primary"_s); }
    template <typename T>
    T *named(const QString &name) const
    {
        for (auto *widget : m_dialog->findChildren<T *>())
            if (widget->accessibleName() == name)
                return widget;
        return nullptr;
    }
    void open();

    std::unique_ptr<FakeWatch> m_watch;
    std::unique_ptr<HistoryDialog> m_dialog;
};

void TestHistoryDialog::init()
{
    m_dialog.reset();
    m_watch = std::make_unique<FakeWatch>();
    m_watch->nowValue = kNow;
    m_watch->account = {u"/home/anna/.local/share/backwatch/history.db"_s,
                        48'000'000,
                        {{HistoryTier::Log, 100'000, {}},
                         {HistoryTier::Blocks, 20'000'000, 730},
                         {HistoryTier::Hours, 9'000'000, {}},
                         {HistoryTier::Days, 400'000, {}},
                         {HistoryTier::Evidence, 12'000'000, 365},
                         {HistoryTier::Load, 6'000'000, 90}},
                        kNow - 2 * kDay,
                        0,
                        {},
                        {}};
}

void TestHistoryDialog::open()
{
    m_dialog = std::make_unique<HistoryDialog>(*m_watch);
    m_dialog->show();
    QTRY_VERIFY(days(u"Samples"_s));
}

void TestHistoryDialog::tellsHowTheHistoryIs()
{
    m_watch->account.setAside = {u"/home/anna/history.damaged.db"_s};
    m_watch->healthValue.historyFault = u"The disk is full."_s;
    open();
    const QString health = text("health");
    QVERIFY2(health.startsWith(u"The disk is full.\n/home/anna/.local/share/backwatch/history.db, 4"),
             qPrintable(health));
    QVERIFY2(health.contains(u"undamaged 2"), qPrintable(health));
    QVERIFY(health.contains(u"No backup has been made"));
    QVERIFY(health.contains(u"history.damaged.db was damaged"));
    QVERIFY(!store()->isEnabled());

    m_watch->account.checkedAt = 0;
    m_watch->account.copiedAt = kNow - kDay;
    m_watch->account.copy = u"/srv/copy.db"_s;
    open();
    QVERIFY(text("health").contains(u"not happened yet"));
    QVERIFY(text("health").contains(u"/srv/copy.db"));
}

void TestHistoryDialog::everyTierHasItsSizeAndSetting()
{
    open();
    QCOMPARE(m_dialog->findChildren<QLabel *>(u"size"_s).size(), 6);
    QCOMPARE(days(u"Samples"_s)->value(), 730);
    QVERIFY(!forGood(u"Samples"_s)->isChecked());
    QVERIFY(forGood(u"Hours"_s)->isChecked());
    QVERIFY(!days(u"Hours"_s)->isEnabled());
    QCOMPARE(days(u"Evidence"_s)->value(), 365);
    QCOMPARE(days(u"Load"_s)->value(), 90);
    QVERIFY(!days(u"Days"_s));
    QVERIFY(!days(u"Newest samples"_s));
}

void TestHistoryDialog::saysWhatGoesBeforeItGoes()
{
    m_watch->expiring[HistoryTier::Blocks] = {40, kNow - 140 * kDay, kNow - 100 * kDay, 0.25};
    open();
    QSignalSpy accepted(m_dialog.get(), &QDialog::accepted);
    m_watch->holdAnswers();
    days(u"Samples"_s)->setValue(100);
    QVERIFY(!store()->isEnabled()); // not before it is known
    QTRY_COMPARE(m_watch->expiringAsked.size(), 1);
    QVERIFY(!store()->isEnabled());
    m_watch->releaseAnswers();
    QTRY_VERIFY(store()->isEnabled());
    const QString going = text("going");
    QVERIFY2(going.startsWith(u"Samples: 40 day"), qPrintable(going));
    QVERIFY2(going.contains(u"4 May 2026 to 13 Jun 2026"), qPrintable(going));
    QVERIFY2(going.contains(u"about 4.77 MiB"), qPrintable(going));
    QVERIFY(going.contains(u"nothing brings it back"));
    QCOMPARE(store()->text(), u"Store and delete"_s);
    QVERIFY(m_watch->kept.isEmpty());
    store()->click();
    QTRY_COMPARE(accepted.size(), 1);
    QCOMPARE(m_watch->kept, (QList<QPair<HistoryTier, KeptDays>>{{HistoryTier::Blocks, 100}}));
}

void TestHistoryDialog::keepingLongerDeletesNothing()
{
    m_watch->expiring[HistoryTier::Hours] = {};
    open();
    forGood(u"Load"_s)->setChecked(true);
    forGood(u"Hours"_s)->setChecked(false);
    days(u"Hours"_s)->setValue(1'000);
    QTRY_VERIFY(store()->isEnabled());
    QCOMPARE(text("going"), u"Hours: nothing will be deleted.\nLoad: nothing will be deleted."_s);
    QCOMPARE(store()->text(), u"Store"_s);
    store()->click();
    QTRY_COMPARE(m_watch->kept.size(), 2);
    QCOMPARE(m_watch->kept.last(), (QPair<HistoryTier, KeptDays>{HistoryTier::Load, std::nullopt}));
}

void TestHistoryDialog::anOlderAnswerSaysNothing()
{
    m_watch->expiring[HistoryTier::Load] = {3, kNow - 9 * kDay, kNow - 6 * kDay, 0.1};
    open();
    m_watch->holdAnswers();
    days(u"Load"_s)->setValue(30);
    QTRY_COMPARE(m_watch->expiringAsked.size(), 1);
    days(u"Load"_s)->setValue(90); // as it was
    m_watch->releaseAnswers();
    QTRY_COMPARE(m_watch->expiringAsked.size(), 1);
    QVERIFY(!m_dialog->findChild<QLabel *>(u"going"_s)->isVisible());
    QVERIFY(!store()->isEnabled());
}

void TestHistoryDialog::whatCannotBeReadIsSaid()
{
    m_watch->failWith = Error{Error::Kind::Unreadable, u"The history cannot be read."_s};
    m_dialog = std::make_unique<HistoryDialog>(*m_watch);
    m_dialog->show();
    QTRY_COMPARE(text("health"), u"The history cannot be read."_s);
    QVERIFY(!store()->isEnabled());
}

void TestHistoryDialog::whatCannotBeStoredIsSaid()
{
    open();
    days(u"Evidence"_s)->setValue(500);
    QTRY_VERIFY(store()->isEnabled());
    m_watch->failWith = Error{Error::Kind::Unwritable, u"The disk is full."_s};
    store()->click();
    QTRY_COMPARE(text("problem"), u"The disk is full."_s);
    QVERIFY(m_dialog->isVisible());
    QVERIFY(store()->isEnabled());
}

void TestHistoryDialog::everyControlHasANameAndIsReachedByTab()
{
    open();
    m_dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    days(u"Samples"_s)->setFocus();
    QSet<QWidget *> seen;
    while (!seen.contains(QApplication::focusWidget())) {
        seen.insert(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    for (const auto &name : {u"Samples"_s, u"Hours"_s, u"Evidence"_s, u"Load"_s}) {
        QVERIFY2(seen.contains(forGood(name)), qPrintable(name));
        QVERIFY2(seen.contains(days(name)) || !days(name)->isEnabled(), qPrintable(name));
    }
}

/// Renders the dialog for the eye: BACKWATCH_SCREENSHOTS names the folder.
void TestHistoryDialog::screens()
{
    const QString folder = qEnvironmentVariable("BACKWATCH_SCREENSHOTS");
    if (folder.isEmpty())
        QSKIP("BACKWATCH_SCREENSHOTS is not set");
    m_watch->expiring[HistoryTier::Blocks] = {40, kNow - 140 * kDay, kNow - 100 * kDay, 0.25};
    for (const auto theme : {Theme::Light, Theme::Dark}) {
        applyTheme(*qApp, theme);
        open();
        days(u"Samples"_s)->setValue(100);
        days(u"Evidence"_s)->setFocus();
        QTRY_VERIFY(store()->isEnabled());
        QTest::qWait(50);
        QVERIFY(m_dialog->grab().save(folder + u"/history-"_s + themeId(theme) + u".png"_s));
    }
}

QTEST_MAIN(TestHistoryDialog)
#include "tst_historydialog.moc"
