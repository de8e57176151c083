// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/certificate.h"

#include <QTest>

using namespace backwatch;

class TestCertificate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWholeDays_data();
    void countsWholeDays();
};

void TestCertificate::countsWholeDays_data()
{
    constexpr qint64 kDay = 86'400'000;
    QTest::addColumn<qint64>("left");
    QTest::addColumn<int>("days");
    QTest::newRow("now") << qint64(0) << 0;
    QTest::newRow("in a moment") << qint64(1) << 0;
    QTest::newRow("almost a day") << kDay - 1 << 0;
    QTest::newRow("a day") << kDay << 1;
    QTest::newRow("fortnight") << 14 * kDay + 5 << 14;
    QTest::newRow("a moment ago") << qint64(-1) << -1;
    QTest::newRow("a day ago") << -kDay << -1;
    QTest::newRow("more than a day ago") << -kDay - 1 << -2;
    QTest::newRow("twenty years") << 7'305 * kDay << 7'305;
}

void TestCertificate::countsWholeDays()
{
    QFETCH(qint64, left);
    QFETCH(int, days);
    constexpr UtcMs kNow = 1'790'000'000'000;
    Certificate certificate;
    certificate.notAfter = kNow + left;
    QCOMPARE(certificate.daysLeft(kNow), days);
}

QTEST_GUILESS_MAIN(TestCertificate)
#include "tst_certificate.moc"
