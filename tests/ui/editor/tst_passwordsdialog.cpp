// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakewatch.h"
#include "ui/editor/passwordsdialog.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace backwatch;

namespace {

Monitor withSecret(const QString &name, const QString &secret)
{
    Monitor monitor;
    monitor.name = name;
    RedisCheck check;
    check.server.host = QStringLiteral("10.0.0.5");
    check.password.name = secret;
    monitor.check = check;
    return monitor;
}

QPushButton *storeButton(const PasswordsDialog &dialog)
{
    for (auto *button : dialog.findChildren<QPushButton *>())
        if (button->text().contains(QStringLiteral("Store")))
            return button;
    return nullptr;
}

} // namespace

class TestPasswordsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsWhatTheMonitorsName()
    {
        FakeWatch watch;
        watch.putMonitor(withSecret(QStringLiteral("B"), QStringLiteral("shop/redis")));
        watch.putMonitor(withSecret(QStringLiteral("A"), QStringLiteral("shop/redis")));
        watch.putMonitor(withSecret(QStringLiteral("C"), QStringLiteral("mail")));
        const PasswordsDialog dialog(watch);
        QCOMPARE(dialog.names(), (QStringList{QStringLiteral("mail"), QStringLiteral("shop/redis")}));
        const QLineEdit *field = dialog.field(QStringLiteral("shop/redis"));
        QCOMPARE(field->echoMode(), QLineEdit::Password);
        QVERIFY(field->accessibleDescription().contains(QStringLiteral("A, B")));
        QVERIFY(!storeButton(dialog)->isEnabled());
        QVERIFY(dialog.sessionOnly()->isHidden());
    }

    void storesWhatWasTyped()
    {
        FakeWatch watch;
        watch.putMonitor(withSecret(QStringLiteral("A"), QStringLiteral("one")));
        watch.putMonitor(withSecret(QStringLiteral("B"), QStringLiteral("two")));
        PasswordsDialog dialog(watch);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.field(QStringLiteral("two"))->setText(QStringLiteral("s3cret"));
        QVERIFY(storeButton(dialog)->isEnabled());
        storeButton(dialog)->click();
        QTRY_COMPARE(accepted.size(), 1);
        QCOMPARE(watch.secretsSet,
                 (QList<QPair<QString, QString>>{{QStringLiteral("two"), QStringLiteral("s3cret")}}));
        QVERIFY(dialog.field(QStringLiteral("two"))->text().isEmpty());
        QCOMPARE(watch.sessionChoices, 0);
    }

    /// Nothing goes anywhere without a keychain until a person says where.
    void withoutAKeychainAPersonDecides()
    {
        FakeWatch watch;
        watch.putMonitor(withSecret(QStringLiteral("A"), QStringLiteral("one")));
        WatchHealth health = watch.healthValue;
        health.secretsTrouble = QStringLiteral("There is no keychain service.");
        watch.setHealth(health);
        PasswordsDialog dialog(watch);
        dialog.field(QStringLiteral("one"))->setText(QStringLiteral("s3cret"));
        QVERIFY(!storeButton(dialog)->isEnabled());
        QVERIFY(!dialog.sessionOnly()->isHidden());
        if (const QString folder = qEnvironmentVariable("BACKWATCH_SHOTS"); !folder.isEmpty())
            QVERIFY(dialog.grab().save(folder + QStringLiteral("/passwords.png")));
        dialog.sessionOnly()->setChecked(true);
        QVERIFY(storeButton(dialog)->isEnabled());
        storeButton(dialog)->click();
        QTRY_COMPARE(watch.sessionChoices, 1);
        QCOMPARE(watch.secretsSet.size(), 1);
    }

    void saysWhatWentWrong()
    {
        FakeWatch watch;
        watch.putMonitor(withSecret(QStringLiteral("A"), QStringLiteral("one")));
        PasswordsDialog dialog(watch);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.field(QStringLiteral("one"))->setText(QStringLiteral("s3cret"));
        watch.failWith = Error{Error::Kind::Unavailable, QStringLiteral("The keychain is locked.")};
        dialog.save();
        QTRY_COMPARE(dialog.problem(), QStringLiteral("The keychain is locked."));
        QCOMPARE(accepted.size(), 0);
        QCOMPARE(dialog.field(QStringLiteral("one"))->text(), QStringLiteral("s3cret")); // to try again
        QVERIFY(storeButton(dialog)->isEnabled());
    }
};

QTEST_MAIN(TestPasswordsDialog)
#include "tst_passwordsdialog.moc"
