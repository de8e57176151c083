// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/rollupsum.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

using namespace backwatch;

Q_DECLARE_METATYPE(std::function<double(std::mt19937_64 &)>)

namespace {

SampleRow randomRow(std::mt19937_64 &random)
{
    SampleRow row;
    row.outcome = random() % 10 == 0 ? 19 : random() % 20 == 0 ? 6 : 0;
    row.httpStatus = row.outcome == 0 ? 200 : row.outcome == 19 ? 503 : 0;
    row.present = static_cast<quint8>(random() % 64);
    for (int phase = 0; phase < kPhaseCount; ++phase)
        if (row.has(phase))
            row.phases[static_cast<std::size_t>(phase)] = static_cast<qint64>(random() % 1'000'000);
    row.total = static_cast<qint64>(random() >> (20 + random() % 44));
    return row;
}

} // namespace

class TestRollupSum : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofPartsLikeOfTheWhole()
    {
        std::mt19937_64 random(1);
        for (int round = 0; round < 100; ++round) {
            RollupSum whole;
            std::vector<RollupSum> parts(1 + random() % 24);
            for (int i = 0; i < 500; ++i) {
                const auto row = randomRow(random);
                whole.add(row);
                parts[random() % parts.size()].add(row);
            }
            RollupSum merged;
            for (const auto &part : parts)
                merged.merge(part);
            QVERIFY(merged == whole);
            QCOMPARE(merged.rollup(0, milliseconds(1)), whole.rollup(0, milliseconds(1)));
        }
    }

    void packedAndBack()
    {
        std::mt19937_64 random(2);
        for (int round = 0; round < 100; ++round) {
            RollupSum sum;
            for (quint64 i = random() % 300; i > 0; --i)
                sum.add(randomRow(random));
            QCOMPARE(LatencySketch::unpacked(sum.sketch.packed()), std::optional(sum.sketch));
            QVERIFY(unpackPhases(packPhases(sum), sum.checks) == sum.phases);
            QVERIFY(Tally::fromText(sum.codes.text().toLatin1()) == sum.codes);
            const auto packed = sum.sketch.packed();
            for (qsizetype length = 0; length < packed.size(); ++length) // may be readable, must not break
                static_cast<void>(LatencySketch::unpacked(packed.first(length)));
        }
    }

    void percentilesWithinTheirPromise_data()
    {
        using Draw = std::function<double(std::mt19937_64 &)>;
        QTest::addColumn<Draw>("draw");
        QTest::newRow("all the same") << Draw([](auto &) { return 12'345.0; });
        QTest::newRow("two far apart") << Draw([](auto &r) { return r() % 20 == 0 ? 3e10 : 7.0; });
        QTest::newRow("edges of steps")
            << Draw([](auto &r) { return double((100 + r() % 100) << (r() % 40)); });
        QTest::newRow("just below edges")
            << Draw([](auto &r) { return double(((100 + r() % 100) << (1 + r() % 40)) - 1); });
        QTest::newRow("log-normal") << Draw([](auto &r) { return std::lognormal_distribution<>(10, 1)(r); });
        QTest::newRow("heavy tail") << Draw(
            [](auto &r) { return 50.0 / std::pow(std::uniform_real_distribution<>(1e-9, 1)(r), 1.5); });
        QTest::newRow("zeros and ones") << Draw([](auto &r) { return double(r() % 2); });
    }

    void percentilesWithinTheirPromise()
    {
        QFETCH(const std::function<double(std::mt19937_64 &)>, draw);
        std::mt19937_64 random(3);
        for (const std::size_t size : {1u, 2u, 19u, 60u, 99u, 100u, 101u, 5'000u}) {
            std::vector<qint64> values(size);
            LatencySketch sketch;
            for (auto &value : values) {
                value = static_cast<qint64>(draw(random));
                sketch.add(microseconds(value));
            }
            std::sort(values.begin(), values.end());
            for (const unsigned percent : {50u, 95u, 99u}) {
                const auto exact = static_cast<double>(values[(size * percent + 99) / 100 - 1]);
                const auto kept = static_cast<double>(sketch.percentile(percent)->count());
                QVERIFY2(std::abs(kept - exact) <= 0.01 * exact,
                         qPrintable(QStringLiteral("%1 for %2").arg(kept).arg(exact)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRollupSum)
#include "tst_rollupsum.moc"
