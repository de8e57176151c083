// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/sampleblock.h"
#include "app/history/valuecode.h"

#include <QTest>

#include <limits>
#include <random>

using namespace backwatch;

namespace {

/// Ordinary samples, or anything that fits into the columns.
SampleRows randomRows(std::mt19937_64 &random, bool absurd)
{
    SampleRows rows(random() % 300);
    qint64 at = 1'790'000'000'000;
    const auto number = [&](quint64 below) {
        return absurd && random() % 4 == 0 ? static_cast<qint64>(random())
                                           : static_cast<qint64>(random() % below);
    };
    for (auto &row : rows) {
        row.id = number(1'000'000);
        // A clock that is set back, duplicates; absurd times run over the ends of the range.
        const auto step = static_cast<quint64>(random() % 50 == 0 ? number(100'000) : number(70'000));
        at = static_cast<qint64>(static_cast<quint64>(at) + (random() % 50 == 0 ? 0 - step : step));
        row.startedAt =
            absurd ? static_cast<qint64>(static_cast<quint64>(number(1)) + static_cast<quint64>(at)) : at;
        row.outcome = number(29);
        row.state = number(8);
        row.httpStatus = number(600);
        row.address = number(5);
        row.detail = number(5);
        row.retryAfter = number(4) - 1;
        row.present = static_cast<quint8>(random() % 64);
        quint64 sum = 0;
        for (int phase = 0; phase < kPhaseCount; ++phase)
            if (row.has(phase)) {
                row.phases[static_cast<std::size_t>(phase)] = number(10'000'000);
                sum += static_cast<quint64>(row.phases[static_cast<std::size_t>(phase)]);
            }
        row.total = random() % 3 == 0 ? number(10'000'000) : static_cast<qint64>(sum);
    }
    return rows;
}

bool isNear(qint64 kept, qint64 exact)
{
    const auto distance = std::abs(static_cast<double>(kept) - static_cast<double>(exact));
    return distance <= std::abs(static_cast<double>(exact)) * 0.005 + 0.5;
}

} // namespace

class TestSampleBlock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsAreWithinHalfAPercent()
    {
        std::mt19937_64 random(1);
        for (int i = 0; i < 200'000; ++i) {
            const quint64 value = random() >> (random() % 64);
            const quint64 kept = valueOf(codeOf(value));
            QVERIFY(kept > value ? (kept - value) <= value / 200 : (value - kept) <= value / 200);
            QCOMPARE(codeOf(kept), codeOf(value));
            if (value > 0)
                QVERIFY(codeOf(value - 1) <= codeOf(value)); // percentiles need the order kept
        }
        for (quint64 value = 0; value < 200; ++value)
            QCOMPARE(valueOf(codeOf(value)), value);
    }

    void exactlyAsBefore()
    {
        std::mt19937_64 random(2);
        for (int round = 0; round < 400; ++round) {
            const auto rows = randomRows(random, round % 2 == 1);
            const auto packed = packSamples(rows, Precision::Exact);
            QVERIFY(packed);
            QVERIFY(unpackSamples(*packed).value() == rows);
        }
    }

    void phasesAloneLosePrecision()
    {
        std::mt19937_64 random(3);
        for (int round = 0; round < 200; ++round) {
            auto rows = randomRows(random, false);
            const auto kept = unpackSamples(packSamples(rows, Precision::HalfPercent).value()).value();
            QCOMPARE(kept.size(), rows.size());
            for (std::size_t i = 0; i < rows.size(); ++i) {
                for (std::size_t phase = 0; phase < kPhaseCount; ++phase)
                    QVERIFY(isNear(kept[i].phases[phase], rows[i].phases[phase]));
                QVERIFY(isNear(kept[i].total, rows[i].total));
                rows[i].phases = kept[i].phases;
                rows[i].total = kept[i].total;
            }
            QVERIFY(kept == rows);
            QVERIFY(unpackSamples(packSamples(kept, Precision::HalfPercent).value()).value() == kept);
        }
    }

    void absurdDurationsStayNear()
    {
        SampleRow row;
        row.present = 1;
        for (const qint64 value : {std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::min(),
                                   qint64(-5'000), qint64(1) << 62}) {
            row.phases[0] = row.total = value;
            const auto kept = unpackSamples(packSamples({row}, Precision::HalfPercent).value()).value();
            QVERIFY(isNear(kept.front().total, value));
        }
    }

    void answersAreTheSame()
    {
        std::mt19937_64 random(4);
        const auto packed = packSamples(randomRows(random, false), Precision::HalfPercent).value();
        const auto rows = unpackSamples(packed).value();
        const auto answers = unpackAnswers(packed).value();
        QCOMPARE(answers.total.size(), rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QCOMPARE(answers.startedAt[i], rows[i].startedAt);
            QCOMPARE(answers.outcome[i], rows[i].outcome);
            QCOMPARE(answers.httpStatus[i], rows[i].httpStatus);
            QCOMPARE(answers.total[i], rows[i].total);
        }
    }

    void damageIsTold()
    {
        std::mt19937_64 random(5);
        const auto packed = packSamples(randomRows(random, false), Precision::HalfPercent).value();
        for (qsizetype length = 0; length < packed.size(); length += 7)
            QVERIFY(!unpackSamples(packed.first(length)));
        for (int round = 0; round < 3'000; ++round) { // whatever comes out, nothing may break
            auto damaged = packed;
            damaged[static_cast<qsizetype>(random() % static_cast<quint64>(packed.size()))] =
                static_cast<char>(random());
            static_cast<void>(unpackSamples(damaged));
            static_cast<void>(unpackAnswers(damaged));
        }
    }
};

QTEST_GUILESS_MAIN(TestSampleBlock)
#include "tst_sampleblock.moc"
