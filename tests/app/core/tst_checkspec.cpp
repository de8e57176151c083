// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/checkspec.h"

#include <QTest>

using namespace backwatch;

class TestCheckSpec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesKindAndTarget();
    void hidesPasswords();
    void namesMethods();
    void expectsSuccessByDefault();
    void comparesByValue();
};

void TestCheckSpec::namesKindAndTarget()
{
    HttpCheck check;
    check.url = QUrl(QStringLiteral("https://shop.example:8443/a?b=c"));
    QCOMPARE(checkKind(check), QStringLiteral("http"));
    QCOMPARE(checkTarget(check), QStringLiteral("https://shop.example:8443/a?b=c"));
}

void TestCheckSpec::hidesPasswords()
{
    HttpCheck check;
    check.url = QUrl(QStringLiteral("https://me:secret@shop.example/"));
    QCOMPARE(checkTarget(check), QStringLiteral("https://shop.example/"));
}

void TestCheckSpec::namesMethods()
{
    QCOMPARE(httpMethodName(HttpMethod::Get), QStringLiteral("GET"));
    QCOMPARE(httpMethodName(HttpMethod::Head), QStringLiteral("HEAD"));
    QCOMPARE(httpMethodName(HttpMethod::Post), QStringLiteral("POST"));
}

void TestCheckSpec::expectsSuccessByDefault()
{
    const HttpCheck check;
    QVERIFY(check.expect.status == QList<StatusRange>({{200, 299}}));
    QVERIFY(!check.expect.slowAfter);
    QCOMPARE(check.expect.certificateDays, 14);
    QVERIFY(check.followRedirects);
}

void TestCheckSpec::comparesByValue()
{
    HttpCheck one;
    HttpCheck other;
    QVERIFY(CheckSpec(one) == CheckSpec(other));
    other.expect.certificateDays = 1;
    QVERIFY(CheckSpec(one) != CheckSpec(other));
}

QTEST_GUILESS_MAIN(TestCheckSpec)
#include "tst_checkspec.moc"
