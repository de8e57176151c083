// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historyqueries.h"
#include "tests/app/history/historyfixture.h"
#include "tests/support/fakeclock.h"

#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

class TestHistoryQueries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void answersElsewhere();
    void answersInOrder();
    void opensWhenTheFileIsThere();
    void opensAgainAfterAnError();
    void endCancelsTheRest();
    void endAsksForAnEnd();

private:
    QString path() const { return m_folder->filePath(u"history.db"_s); }

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestHistoryQueries::answersElsewhere()
{
    auto writer = openWriter(path(), m_clock);
    writer->append(goodSample(1, 5));
    QVERIFY(flushed(*writer));
    HistoryQueries queries(path());
    auto *const here = QThread::currentThread();
    std::optional<qsizetype> count;
    QThread *asked = nullptr;
    queries
        .ask([&asked](HistoryReader &reader) {
            asked = QThread::currentThread();
            return reader.samples(1, 0, 10);
        })
        .then(this, [&](const Result<QList<StoredSample>> &samples) {
            QCOMPARE(QThread::currentThread(), here);
            count = samples->size();
        });
    QTRY_COMPARE(count, 1);
    QVERIFY(asked != here);
}

void TestHistoryQueries::answersInOrder()
{
    auto writer = openWriter(path(), m_clock);
    HistoryQueries queries(path());
    QList<int> order;
    QList<QFuture<Result<int>>> futures;
    for (int i = 0; i < 20; ++i)
        futures.append(queries.ask([&order, i](HistoryReader &) -> Result<int> {
            order.append(i);
            return i;
        }));
    for (auto &future : futures)
        future.waitForFinished();
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(order[i], i);
        QCOMPARE(futures[i].result().value(), i);
    }
}

void TestHistoryQueries::opensWhenTheFileIsThere()
{
    HistoryQueries queries(path());
    const auto ask = [&queries] {
        auto future = queries.ask([](HistoryReader &reader) { return reader.samples(1, 0, 10); });
        future.waitForFinished();
        return future.result();
    };
    const auto before = ask();
    QVERIFY(!before);
    QCOMPARE(before.error().kind, Error::Kind::NotFound);
    auto writer = openWriter(path(), m_clock);
    QVERIFY(ask());
}

void TestHistoryQueries::opensAgainAfterAnError()
{
    auto writer = openWriter(path(), m_clock);
    HistoryQueries queries(path());
    const auto ask = [&](Error::Kind kind) {
        auto future = queries.ask([kind](HistoryReader &reader) -> Result<QString> {
            if (kind != Error::Kind::Conflict)
                return failure(kind, u"Broken."_s);
            return reader.database().connectionName();
        });
        future.waitForFinished();
        return future.result();
    };
    const auto connection = ask(Error::Kind::Conflict);
    QVERIFY(connection);
    QVERIFY(!ask(Error::Kind::NotFound));
    QCOMPARE(ask(Error::Kind::Conflict).value(), *connection); // an answer like any other
    QVERIFY(!ask(Error::Kind::Unreadable));
    QVERIFY(ask(Error::Kind::Conflict).value() != *connection);
}

void TestHistoryQueries::endCancelsTheRest()
{
    auto writer = openWriter(path(), m_clock);
    QSemaphore begun;
    QSemaphore mayEnd;
    QFuture<Result<int>> underWay;
    QFuture<Result<int>> waiting;
    auto queries = std::make_unique<HistoryQueries>(path());
    underWay = queries->ask([&](HistoryReader &) -> Result<int> {
        begun.release();
        mayEnd.acquire();
        return 1;
    });
    waiting = queries->ask([](HistoryReader &) -> Result<int> { return 2; });
    begun.acquire();
    const std::unique_ptr<QThread> ending(QThread::create([&] { queries.reset(); }));
    ending->start();
    mayEnd.release();
    QVERIFY(ending->wait());
    QVERIFY(underWay.isFinished());
    QCOMPARE(underWay.result().value(), 1);
    QVERIFY(waiting.isFinished());
    // The second may have been answered before the end came.
    QVERIFY(waiting.isCanceled() || waiting.result().value() == 2);
}

/// Otherwise this test would not end.
void TestHistoryQueries::endAsksForAnEnd()
{
    auto writer = openWriter(path(), m_clock);
    QSemaphore begun;
    auto queries = std::make_unique<HistoryQueries>(path());
    const auto answer = queries->ask([&begun](HistoryReader &) -> Result<int> {
        begun.release();
        while (!QThread::currentThread()->isInterruptionRequested())
            QThread::yieldCurrentThread();
        return 1;
    });
    begun.acquire();
    queries.reset();
    QCOMPARE(answer.result().value(), 1);
}

QTEST_GUILESS_MAIN(TestHistoryQueries)
#include "tst_historyqueries.moc"
