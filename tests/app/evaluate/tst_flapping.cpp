// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/flapping.h"

#include <QTest>

using namespace backwatch;

namespace {

/// . good, d degraded, x failed, ? says nothing.
Flapping after(const QString &checks, Flapping flapping = {})
{
    for (const QChar check : checks)
        flapping = withCheck(flapping, check == u'.'   ? Judgement::Good
                                       : check == u'd' ? Judgement::Degraded
                                       : check == u'x' ? Judgement::Failed
                                                       : Judgement::Neutral);
    return flapping;
}

const QString kCalm(21, u'.');

} // namespace

class TestFlapping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void share_data()
    {
        QTest::addColumn<QString>("checks");
        QTest::addColumn<double>("share");
        // Weights fall from 1.2 for the newest of 20 changes to 0.8 for the oldest; by hand.
        QTest::newRow("calm") << kCalm << 0.0;
        QTest::newRow("newest change") << kCalm + u'x' << 1.2 / 20;
        QTest::newRow("oldest change") << QString(u'x' + QString(20, u'.')) << 0.8 / 20;
        QTest::newRow("every check another") << QStringLiteral("x.x.x.x.x.x.x.x.x.x.x") << 1.0;
        QTest::newRow("degraded differs from good") << kCalm + u'd' << 1.2 / 20;
        QTest::newRow("nothing said changes nothing") << kCalm + QStringLiteral("??x??") << 1.2 / 20;
        QTest::newRow("few checks") << QStringLiteral("x.") << 1.2 / 20;
    }

    void share()
    {
        QFETCH(QString, checks);
        QFETCH(double, share);
        QVERIFY2(qAbs(after(checks).share - share) < 1e-9, qPrintable(QString::number(after(checks).share)));
    }

    void beginsAtAFifthAndEndsBelowATwentieth()
    {
        Flapping flapping = after(kCalm + QStringLiteral("x.x")); // 3 changes: under 20 %
        QVERIFY(!flapping.flapping);
        flapping = after(QStringLiteral("."), flapping); // 4 changes, 23 %
        QVERIFY(flapping.flapping);
        int calm = 0;
        for (; flapping.flapping && calm < 100; ++calm)
            flapping = after(QStringLiteral("."), flapping);
        // One change is left when it ends, with less weight than 1.
        QVERIFY2(flapping.share < 0.05 && flapping.share > 0, qPrintable(QString::number(flapping.share)));
        QVERIFY(calm > 15 && calm < 20);
    }

    void anOutageIsNoFlapping() { QVERIFY(!after(kCalm + QString(10, u'x') + QString(10, u'.')).flapping); }
};

QTEST_GUILESS_MAIN(TestFlapping)
#include "tst_flapping.moc"
