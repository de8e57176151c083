// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The format as it is described, read by a program that shares nothing with this one.
#include "app/history/daynumber.h"
#include "app/history/transaction.h"
#include "app/history/writersession.h"
#include "tests/app/history/historyfixture.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr UtcMs kStart = 20'700 * kDayMs;

StoredSample anySample(UtcMs at, std::mt19937_64 &random)
{
    StoredSample stored = random() % 9 == 0 ? failedSample(1, at) : goodSample(1 + at % 3, at);
    auto &sample = stored.sample;
    if (random() % 3 == 0)
        sample.phases.tls.reset(); // so that the phases do not sum to the total
    if (sample.phases.wait)
        sample.phases.wait = microseconds(static_cast<qint64>(random() >> (random() % 40 + 24)));
    if (random() % 5 == 0)
        sample.retryAfter = std::chrono::seconds(random() % 100);
    sample.detail = u"detail, “%1”"_s.arg(random() % 4);
    return stored;
}

QByteArray field(std::optional<microseconds> phase)
{
    return phase ? QByteArray::number(qint64(phase->count())) : QByteArray();
}

/// As the other program writes it.
QByteArray line(const StoredSample &stored)
{
    const auto &sample = stored.sample;
    const auto &phases = sample.phases;
    QByteArrayList fields{QByteArray::number(sample.monitor), QByteArray::number(sample.startedAt),
                          QByteArray::number(static_cast<int>(sample.outcome)),
                          QByteArray::number(static_cast<int>(stored.state)),
                          QByteArray::number(sample.httpStatus)};
    for (const auto &phase : {phases.dns, phases.connect, phases.tls, phases.send, phases.wait,
                              phases.receive, std::optional(phases.total)})
        fields += field(phase);
    const QString detail = sample.detail;
    fields += sample.address.toUtf8();
    fields += detail.contains(u',') ? '"' + detail.toUtf8() + '"' : detail.toUtf8();
    fields += QByteArray::number(qint64(sample.retryAfter.value_or(std::chrono::seconds(-1)).count()));
    return fields.join(',') + '\n';
}

} // namespace

class TestBlockFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readByAnother()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"history.db"_s);
        auto session = WriterSession::create(path).value();
        std::mt19937_64 random(11);
        const auto step = [&](UtcMs now) {
            for (bool more = true; more;)
                more = session->packer().step(now).value();
        };
        step(kStart);
        for (UtcMs at = kStart; at < kStart + kDayMs + 9 * kHourMs; at += 40'000) {
            auto transaction = Transaction::begin(session->connection());
            QVERIFY(transaction &&
                    session->write(anySample(at + static_cast<UtcMs>(random() % 900), random)));
            QVERIFY(transaction->commit());
            step(at);
        }
        for (const auto &table : {u"sample_block"_s, u"sample_part"_s, u"sample"_s})
            QVERIFY(sqlite(path, u"SELECT count(*) FROM "_s + table).toInt() > 1);

        QByteArray expected;
        const auto samples = openReader(path)->samplesAsTheyCame(kStart, kStart + 3 * kDayMs).value();
        for (const auto &sample : samples)
            expected += line(sample);
        QProcess reader;
        reader.start(u"python3"_s, {QStringLiteral(BACKWATCH_DECODER), path});
        QVERIFY2(reader.waitForFinished(60'000), qPrintable(reader.errorString()));
        const QByteArray read = reader.readAllStandardOutput();
        QVERIFY2(reader.exitCode() == 0, reader.readAllStandardError().constData());
        const auto mine = expected.split('\n');
        const auto theirs = read.split('\n');
        for (qsizetype i = 0; i < std::min(mine.size(), theirs.size()); ++i)
            QCOMPARE(theirs[i], mine[i]);
        QCOMPARE(theirs.size(), mine.size());
        QVERIFY(mine.size() > 2'900);
    }
};

QTEST_GUILESS_MAIN(TestBlockFormat)
#include "tst_blockformat.moc"
