// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/load/loadfacts.h"
#include "app/load/loadrates.h"
#include "app/load/prometheusload.h"
#include "app/service/demoload.h"

#include <QTest>

using namespace backwatch;

namespace {

constexpr UtcMs kStart = 1'774'566'000'000;
constexpr qint64 kQuarter = 15 * 60'000;

} // namespace

/// What the demonstration's machine says is read as that of any machine, and is never the cause of anything.
class TestDemoLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadAsItWasMeant()
    {
        DemoMetrics metrics;
        const auto before = parsePrometheusLoad(metrics.text(kStart));
        QVERIFY(before);
        const UtcMs later = kStart + 30'000;
        const auto report = parsePrometheusLoad(metrics.text(later));
        QVERIFY(report);
        const DemoLoad meant = demoLoadAt(later);
        QCOMPARE(report->reading(LoadMetric::HostLoad1)->limit, double(kDemoCpus));
        QCOMPARE(report->reading(LoadMetric::PhpFpmActive)->limit, double(kDemoWorkers));
        QCOMPARE(report->reading(LoadMetric::PhpFpmActive)->value, double(meant.workers));
        QVERIFY(std::abs(report->reading(LoadMetric::HostMemoryAvailable)->value - meant.memoryFree) < 0.001);
        const auto rates = loadRates(*before, *report, milliseconds(30'000));
        const auto busy = std::find_if(rates.cbegin(), rates.cend(), [](const LoadReading &reading) {
            return reading.metric == LoadMetric::HostCpuBusy;
        });
        QVERIFY(busy != rates.cend());
        QVERIFY2(std::abs(busy->value - meant.cpuBusy) < 0.01, qPrintable(QString::number(busy->value)));
    }

    void isNeverExhausted()
    {
        DemoMetrics metrics;
        for (UtcMs at = kStart; at < kStart + 40 * 86'400'000LL; at += kQuarter) {
            const auto report = parsePrometheusLoad(metrics.text(at));
            QVERIFY(report);
            for (const auto &fact : loadFacts(*report, QStringLiteral("demo"), at))
                QVERIFY2(fact.strain == LoadStrain::Room, qPrintable(fact.sentence));
        }
    }
};

QTEST_GUILESS_MAIN(TestDemoLoad)
#include "tst_demoload.moc"
