// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/bits.h"

#include <QRandomGenerator>
#include <QtTest>

#include <vector>

using namespace backwatch;

namespace {

constexpr int kOrders = 16;

/// Of every length that there is, short ones most.
std::vector<quint64> numbers(quint32 seed)
{
    QRandomGenerator64 random(seed);
    std::vector<quint64> numbers;
    for (int i = 0; i < 500; ++i) {
        const int bits = i % 5 == 0 ? static_cast<int>(random() % 62) : static_cast<int>(random() % 6);
        numbers.push_back(random() & ((quint64(1) << bits) - 1));
    }
    numbers.push_back((quint64(1) << 61) - 1);
    numbers.push_back(0);
    return numbers;
}

} // namespace

class TestBits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatWasWritten();
    void lengthIsWhatIsWritten();
    void endIsTold();
    void damageIsTold();
};

void TestBits::readsWhatWasWritten()
{
    for (int order = 0; order < kOrders; ++order) {
        const auto expected = numbers(static_cast<quint32>(order));
        BitWriter writer;
        for (const quint64 number : expected)
            writer.golomb(number, order);
        BitReader reader(writer.bytes());
        for (const quint64 number : expected)
            QCOMPARE(reader.golomb(order), number);
        QVERIFY(reader.good());
    }
}

void TestBits::lengthIsWhatIsWritten()
{
    for (int order = 0; order < kOrders; ++order)
        for (const quint64 number : {0ULL, 1ULL, 2ULL, 255ULL, 256ULL, (1ULL << 40) + 3}) {
            BitWriter writer;
            for (int i = 0; i < 8; ++i)
                writer.golomb(number, order);
            QCOMPARE(writer.bytes().size(), golombLength(number, order));
        }
}

/// Wherever it is cut off: what was whole is read, the next is not there.
void TestBits::endIsTold()
{
    for (const int order : {0, 3, 15}) {
        const auto expected = numbers(99);
        BitWriter writer;
        for (const quint64 number : expected)
            writer.golomb(number, order);
        for (qsizetype length = 0; length < writer.bytes().size(); length += 7) {
            const QByteArray part = writer.bytes().first(length);
            BitReader reader(part);
            qint64 bits = 0;
            std::size_t i = 0;
            for (; bits + golombLength(expected[i], order) <= length * 8; ++i) {
                QCOMPARE(reader.golomb(order), expected[i]);
                bits += golombLength(expected[i], order);
            }
            QVERIFY(reader.good());
            QCOMPARE(reader.golomb(order), quint64(0));
            QVERIFY(!reader.good());
            QCOMPARE(reader.golomb(order), quint64(0)); // and it stays so
        }
    }
}

void TestBits::damageIsTold()
{
    const QByteArray zeros(64, '\0');
    BitReader endless(zeros);
    QCOMPARE(endless.golomb(0), quint64(0));
    QVERIFY(!endless.good());
    QByteArray tooLong(32, '\xff'); // a 1 behind 63 zeros
    tooLong.replace(0, 7, QByteArray(7, '\0'));
    tooLong[7] = '\1';
    BitReader reader(tooLong);
    QCOMPARE(reader.golomb(0), quint64(0));
    QVERIFY(!reader.good());
}

QTEST_GUILESS_MAIN(TestBits)
#include "tst_bits.moc"
