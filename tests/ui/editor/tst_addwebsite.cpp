// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakewatch.h"
#include "ui/editor/addwebsite.h"
#include "ui/editor/addwebsitedialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace backwatch;

class TestAddWebsite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void returnKeyAddsIt()
    {
        FakeWatch watch;
        AddWebsite add(watch);
        QSignalSpy entered(&add, &AddWebsite::addressEntered);
        QSignalSpy added(&add, &AddWebsite::added);
        QTest::keyClicks(add.field(), u"  shop.example "_s);
        QTest::keyClick(add.field(), Qt::Key_Return);
        QTRY_COMPARE(added.count(), 1);
        QCOMPARE(entered.count(), 1);
        QCOMPARE(watch.addresses, QStringList{u"shop.example"_s});
        QVERIFY(add.field()->text().isEmpty());
        QVERIFY(add.error().isEmpty());
    }

    void nothingTypedIsAnErrorInWords()
    {
        FakeWatch watch;
        AddWebsite add(watch);
        add.button()->click();
        QVERIFY(!add.error().isEmpty());
        QVERIFY(watch.addresses.isEmpty());
    }

    void errorIsShownUntilSomethingIsTyped()
    {
        FakeWatch watch;
        watch.failWith = Error{Error::Kind::Invalid, u"That is not an address."_s};
        AddWebsite add(watch);
        add.field()->setText(u"shop example"_s);
        add.button()->click();
        QTRY_COMPARE(add.error(), u"That is not an address."_s);
        QCOMPARE(add.field()->accessibleDescription(), add.error());
        QCOMPARE(add.field()->text(), u"shop example"_s);
        QTest::keyClick(add.field(), Qt::Key_X);
        QVERIFY(add.error().isEmpty());
    }

    void busyTakesNoSecondWebsite()
    {
        FakeWatch watch;
        watch.holdAnswers();
        AddWebsite add(watch);
        add.field()->setText(u"shop.example"_s);
        add.button()->click();
        QVERIFY(add.isBusy());
        QVERIFY(!add.button()->isEnabled());
        QTest::keyClick(add.field(), Qt::Key_Return);
        QCOMPARE(watch.addresses.size(), 1);
        watch.releaseAnswers();
        QTRY_VERIFY(!add.isBusy());
        QVERIFY(add.button()->isEnabled());
    }

    void answerAfterTheFieldIsGone()
    {
        FakeWatch watch;
        watch.holdAnswers();
        auto add = std::make_unique<AddWebsite>(watch);
        add->field()->setText(u"shop.example"_s);
        add->button()->click();
        add.reset();
        watch.releaseAnswers();
        QCoreApplication::processEvents();
    }

    void dialogClosesWhenAdded()
    {
        FakeWatch watch;
        AddWebsiteDialog dialog(watch);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.addWebsite()->field()->setText(u"shop.example"_s);
        dialog.addWebsite()->button()->click();
        QTRY_COMPARE(accepted.count(), 1);
    }
};

QTEST_MAIN(TestAddWebsite)
#include "tst_addwebsite.moc"
