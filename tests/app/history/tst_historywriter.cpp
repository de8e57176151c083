// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historywriter.h"
#include "tests/app/history/historyfixture.h"
#include "tests/support/fakeclock.h"

#include <QSignalSpy>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr UtcMs kStart = 1'790'000'000'000; // 2026-09-21T14:13:20Z

ExchangePtr exchangeWithSecrets()
{
    auto exchange = std::make_shared<Exchange>();
    exchange->startedAt = kStart;
    exchange->outcome = Outcome::HttpStatus;
    exchange->method = "GET";
    exchange->url = QUrl(u"https://admin:hunter2@shop.example/"_s);
    exchange->requestHeaders = {{"Authorization", "Basic c2VjcmV0LW9uZQ=="},
                                {"Cookie", "session=secret-two"}};
    exchange->status = 503;
    exchange->responseHeaders = {{"Set-Cookie", "id=secret-three; Path=/"}, {"X-Varnish", "32770"}};
    exchange->body = "<h1>Backend fetch failed</h1>";
    return exchange;
}

Incident incidentOf(IncidentId id, MonitorId monitor)
{
    Incident incident;
    incident.id = id;
    incident.monitor = monitor;
    incident.openedAt = kStart;
    incident.confirmedAt = kStart + 10'000;
    incident.outcome = Outcome::HttpStatus;
    incident.httpStatus = 503;
    incident.detail = u"503 Backend fetch failed"_s;
    incident.producer = u"varnish"_s;
    incident.references = {{u"xid"_s, u"32770"_s}, {u"cf-ray"_s, u"8f"_s}};
    return incident;
}

} // namespace

class TestHistoryWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void samplesComeBack();
    void commitsByItself();
    void oneTransactionABurst();
    void phrasesAreStoredOnce();
    void incidentsComeBack();
    void viewsForPeople();
    void evidenceComesBackWithoutSecrets();
    void evidenceOfNoIncidentIsNoFault();
    void idsAreNeverGivenTwice();
    void settles_data();
    void settles();
    void restartAfterACrash();
    void reachesBackOverARestart();
    void cleanEndClosesStates();
    void secondProgramLeavesTheFirstAlone();
    void changes();
    void changeComesAfterWhatWasThere();
    void manyThreads();

private:
    QString path() const { return m_folder->filePath(u"history.db"_s); }
    /// The database as a crash would leave it, in a folder of its own.
    QString crashed();

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QTemporaryDir> m_crashFolder;
};

void TestHistoryWriter::init()
{
    m_clock = std::make_unique<FakeClock>(kStart);
    m_folder = std::make_unique<QTemporaryDir>();
}

QString TestHistoryWriter::crashed()
{
    m_crashFolder = std::make_unique<QTemporaryDir>();
    const QString copy = m_crashFolder->filePath(u"history.db"_s);
    for (const auto &suffix : {u""_s, u"-wal"_s})
        QFile::copy(path() + suffix, copy + suffix);
    return copy;
}

void TestHistoryWriter::samplesComeBack()
{
    QList<StoredSample> samples{goodSample(1, kStart), failedSample(1, kStart + 1),
                                goodSample(1, kStart + 2)};
    samples[2].sample.detail.clear();
    samples[2].sample.phases = {};
    samples[2].sample.outcome = Outcome::Internal;
    samples[2].state = State::Suspect;
    auto writer = openWriter(path(), *m_clock);
    for (const auto &sample : samples)
        writer->append(sample);
    writer->append(goodSample(2, kStart));
    QVERIFY(flushed(*writer));
    const auto stored = openReader(path())->samples(1, kStart, kStart + 3);
    QVERIFY(stored);
    QVERIFY(equal(*stored, samples));
}

void TestHistoryWriter::commitsByItself()
{
    auto writer = openWriter(path(), *m_clock);
    auto reader = openReader(path());
    writer->append(goodSample(1, kStart));
    QTRY_COMPARE(reader->samples(1, 0, kStart + 1).value().size(), 1);
}

void TestHistoryWriter::oneTransactionABurst()
{
    auto writer = openWriter(path(), *m_clock);
    const auto before = writer->commits();
    for (int i = 0; i < 5'000; ++i)
        writer->append(goodSample(i % 100, kStart + i));
    writer->settle(1, State::Up, kStart);
    writer->store(incidentOf(1, 1));
    QVERIFY(flushed(*writer));
    // The burst may have been cut in two by the collecting second on a machine that is very busy.
    QCOMPARE_LE(writer->commits() - before, quint64(3));
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM sample"_s), "5000");
}

void TestHistoryWriter::phrasesAreStoredOnce()
{
    for (int run = 0; run < 2; ++run) {
        auto writer = openWriter(path(), *m_clock);
        for (int i = 0; i < 100; ++i)
            writer->append(goodSample(1, kStart + i));
    }
    QCOMPARE(sqlite(path(), u"SELECT value FROM phrase ORDER BY value"_s), "192.0.2.7\n200 OK");
}

void TestHistoryWriter::incidentsComeBack()
{
    auto writer = openWriter(path(), *m_clock);
    auto incident = incidentOf(writer->nextIncidentId(), 7);
    writer->store(incident);
    QVERIFY(flushed(*writer));
    const auto reader = openReader(path());
    QCOMPARE(reader->incident(incident.id).value(), incident);
    QCOMPARE(reader->openIncident(7).value(), incident);

    incident.closedAt = kStart + 60'000;
    incident.producer.clear();
    incident.references.removeFirst();
    writer->store(incident);
    QVERIFY(flushed(*writer));
    QCOMPARE(reader->incident(incident.id).value(), incident);
    QVERIFY(!reader->openIncident(7).value());
}

void TestHistoryWriter::viewsForPeople()
{
    auto writer = openWriter(path(), *m_clock);
    auto stored = writer->change([](QSqlDatabase &database) -> Result<void> {
        QSqlQuery query(database);
        if (!query.exec(u"INSERT INTO monitor (id, service, name, spec, created_at) "
                        "VALUES (7, 'Shop', 'Front page', '{}', 0)"_s))
            return failure(Error::Kind::Invalid, query.lastError().text());
        return {};
    });
    writer->append(goodSample(7, kStart));
    writer->append(failedSample(7, kStart + 1'500));
    auto incident = incidentOf(3, 7);
    incident.closedAt = kStart + 61'500;
    writer->store(incident);
    QVERIFY(flushed(*writer));
    QVERIFY(stored.result());
    QCOMPARE(sqlite(path(), u"SELECT * FROM v_recent_samples"_s),
             "Shop|Front page|2026-09-21T14:13:21.500Z|connect-refused|down|0|0.3||Connection to 192.0.2.7 "
             "refused\n"
             "Shop|Front page|2026-09-21T14:13:20.000Z|ok|up|200|76.6|192.0.2.7|200 OK");
    QCOMPARE(sqlite(path(), u"SELECT * FROM v_incidents"_s),
             "3|Shop|Front page|2026-09-21T14:13:20.000Z|2026-09-21T14:14:21.500Z|61.5|http-status|503|"
             "503 Backend fetch failed|varnish|xid 32770, cf-ray 8f");
}

void TestHistoryWriter::evidenceComesBackWithoutSecrets()
{
    auto good = std::make_shared<Exchange>(*exchangeWithSecrets());
    good->status = 200;
    {
        auto writer = openWriter(path(), *m_clock);
        writer->store(incidentOf(1, 1));
        writer->store(1, Evidence{exchangeWithSecrets(), good});
        writer->store(incidentOf(2, 1));
        writer->store(2, Evidence{exchangeWithSecrets(), nullptr});
        QVERIFY(flushed(*writer));
        const QByteArray all = bytesOf(path()) + bytesOf(path() + u"-wal"_s);
        QVERIFY(all.contains("last-good"));
        for (const auto secret : {"hunter2", "c2VjcmV0LW9uZQ", "secret-two", "secret-three"})
            QVERIFY2(!all.contains(secret), secret);
    }
    const auto reader = openReader(path());
    const auto evidence = reader->evidence(1);
    QVERIFY(evidence);
    QVERIFY(evidence->failed && evidence->lastGood);
    QCOMPARE(evidence->failed->status, 503);
    QCOMPARE(evidence->lastGood->status, 200);
    QCOMPARE(evidence->failed->body, exchangeWithSecrets()->body);
    // Compressed bytes hide what they hold, so look at what comes out of them as well.
    QCOMPARE(evidence->failed->url, QUrl(u"https://shop.example/"_s));
    QCOMPARE(evidence->failed->requestHeaders[0].value, "[removed]");
    QCOMPARE(evidence->failed->requestHeaders[1].value, "[removed]");
    QCOMPARE(evidence->failed->responseHeaders[0].value, "id=[removed]; Path=/");
    const auto second = reader->evidence(2);
    QVERIFY(second);
    QVERIFY(second->failed && !second->lastGood);
    QVERIFY(!reader->evidence(99)->failed);
}

void TestHistoryWriter::evidenceOfNoIncidentIsNoFault()
{
    auto writer = openWriter(path(), *m_clock);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"refuses an entry"_s));
    writer->store(4711, Evidence{exchangeWithSecrets(), nullptr});
    writer->append(goodSample(1, kStart));
    QVERIFY(flushed(*writer));
    QCOMPARE(writer->fault(), QString());
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM sample"_s), "1");
}

void TestHistoryWriter::idsAreNeverGivenTwice()
{
    QList<IncidentId> given;
    for (int run = 0; run < 3; ++run) {
        auto writer = openWriter(path(), *m_clock);
        for (int i = 0; i < 3; ++i) {
            given.append(writer->nextIncidentId());
            writer->store(incidentOf(given.last(), 1));
        }
    }
    QCOMPARE(given, (QList<IncidentId>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

void TestHistoryWriter::settles_data()
{
    using enum State;
    using Intervals = QList<StateInterval>;
    QTest::addColumn<Intervals>("settled");  // only state and from
    QTest::addColumn<Intervals>("expected"); // from 0 on, alive until 1000

    QTest::newRow("one") << Intervals{{Up, 100}} << Intervals{{NotObserved, 0, 100}, {Up, 100, 1000}};
    QTest::newRow("one after the other") << Intervals{{Up, 0}, {Down, 200}, {Up, 300}}
                                         << Intervals{{Up, 0, 200}, {Down, 200, 300}, {Up, 300, 1000}};
    QTest::newRow("same again") << Intervals{{Up, 0}, {Up, 500}} << Intervals{{Up, 0, 1000}};
    QTest::newRow("at the same moment") << Intervals{{Up, 0}, {Down, 0}} << Intervals{{Down, 0, 1000}};
    QTest::newRow("reaches back into the one before")
        << Intervals{{Up, 0}, {Degraded, 500}, {Down, 400}} << Intervals{{Up, 0, 400}, {Down, 400, 1000}};
    QTest::newRow("reaches back over several") << Intervals{{Up, 0}, {Degraded, 500}, {Up, 600}, {Down, 100}}
                                               << Intervals{{Up, 0, 100}, {Down, 100, 1000}};
    QTest::newRow("reaches back before the first")
        << Intervals{{Up, 500}, {Down, 100}} << Intervals{{NotObserved, 0, 100}, {Down, 100, 1000}};
}

void TestHistoryWriter::settles()
{
    QFETCH(const QList<StateInterval>, settled);
    m_clock = std::make_unique<FakeClock>(0);
    auto writer = openWriter(path(), *m_clock);
    writer->settle(2, State::Up, 0);
    for (const auto &interval : settled)
        writer->settle(1, interval.state, interval.from);
    m_clock->advance(1'000);
    QVERIFY(flushed(*writer));
    const auto reader = openReader(path());
    QTEST(reader->stateIntervals(1, 0, 5'000).value(), "expected");
    QCOMPARE(
        sqlite(path(), u"SELECT count(*) FROM state_interval WHERE monitor_id = 1 AND ended_at IS NULL"_s),
        "1");
    QCOMPARE(reader->stateIntervals(2, 0, 1'000).value(), (QList<StateInterval>{{State::Up, 0, 1'000}}));
}

void TestHistoryWriter::restartAfterACrash()
{
    m_clock = std::make_unique<FakeClock>(0);
    auto writer = openWriter(path(), *m_clock);
    writer->settle(1, State::Up, 0);
    writer->settle(2, State::Down, 50);
    writer->store(incidentOf(1, 2));
    m_clock->advance(1'000);
    QVERIFY(flushed(*writer)); // seen at 1000
    const QString copy = crashed();
    FakeClock later(60'000);
    {
        auto next = openWriter(copy, later);
        next->settle(1, State::Up, 60'500);
        later.advance(1'000);
        QVERIFY(flushed(*next));
        const auto reader = openReader(copy);
        using enum State;
        QCOMPARE(reader->stateIntervals(1, 0, 61'000).value(),
                 (QList<StateInterval>{{Up, 0, 1'000}, {NotObserved, 1'000, 60'500}, {Up, 60'500, 61'000}}));
        QCOMPARE(
            reader->stateIntervals(2, 0, 100'000).value(),
            (QList<StateInterval>{{NotObserved, 0, 50}, {Down, 50, 1'000}, {NotObserved, 1'000, 61'000}}));
        QVERIFY(reader->openIncident(2).value());
        QCOMPARE(reader->availability(1, 0, 61'000).value(), 1.0);
    }
}

void TestHistoryWriter::reachesBackOverARestart()
{
    using enum State;
    m_clock = std::make_unique<FakeClock>(0);
    {
        auto writer = openWriter(path(), *m_clock);
        writer->settle(1, Up, 0);
        m_clock->advance(1'000);
    }
    m_clock->advance(9'000);
    auto writer = openWriter(path(), *m_clock);
    writer->settle(1, Down, 900); // failed first before the end, confirmed after the restart
    m_clock->advance(1'000);
    QVERIFY(flushed(*writer));
    QCOMPARE(openReader(path())->stateIntervals(1, 0, 20'000).value(),
             (QList<StateInterval>{
                 {Up, 0, 900}, {Down, 900, 1'000}, {NotObserved, 1'000, 10'000}, {Down, 10'000, 11'000}}));
}

void TestHistoryWriter::cleanEndClosesStates()
{
    m_clock = std::make_unique<FakeClock>(0);
    {
        auto writer = openWriter(path(), *m_clock);
        writer->settle(1, State::Up, 100);
        QVERIFY(flushed(*writer));
        m_clock->advance(5'000);
    }
    QCOMPARE(sqlite(path(), u"SELECT state, started_at, ended_at FROM state_interval"_s), "1|100|5000");
    QCOMPARE(sqlite(path(), u"SELECT started_at, last_seen_at FROM observer"_s), "0|5000");
}

void TestHistoryWriter::secondProgramLeavesTheFirstAlone()
{
    auto first = openWriter(path(), *m_clock);
    first->settle(1, State::Up, kStart);
    QVERIFY(flushed(*first));
    {
        auto second = openWriter(path(), *m_clock);
        QVERIFY(flushed(*second));
    }
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM observer"_s), "1");
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM state_interval WHERE ended_at IS NULL"_s), "1");
}

void TestHistoryWriter::changes()
{
    auto writer = openWriter(path(), *m_clock);
    const auto put = [](const QString &value) {
        return [value](QSqlDatabase &database) -> Result<void> {
            QSqlQuery query(database);
            if (!query.exec(u"INSERT INTO setting VALUES ('key', '%1')"_s.arg(value)))
                return failure(Error::Kind::Conflict, query.lastError().text());
            return {};
        };
    };
    auto first = writer->change(put(u"a"_s));
    first.waitForFinished();
    QVERIFY(first.result());
    auto second = writer->change([&put](QSqlDatabase &database) -> Result<void> {
        QSqlQuery(database).exec(u"DELETE FROM setting"_s);
        if (auto done = put(u"b"_s)(database); !done)
            return done;
        return put(u"c"_s)(database); // the key exists by now
    });
    second.waitForFinished();
    QVERIFY(!second.result());
    QCOMPARE(second.result().error().kind, Error::Kind::Conflict);
    QCOMPARE(sqlite(path(), u"SELECT value FROM setting"_s), "a");
    QCOMPARE(writer->fault(), QString());
}

void TestHistoryWriter::changeComesAfterWhatWasThere()
{
    auto writer = openWriter(path(), *m_clock);
    for (int i = 0; i < 100; ++i)
        writer->append(goodSample(1, kStart + i));
    int seen = -1;
    auto changed = writer->change([&seen](QSqlDatabase &database) -> Result<void> {
        QSqlQuery query(u"SELECT count(*) FROM sample"_s, database);
        seen = query.next() ? query.value(0).toInt() : -2;
        return {};
    });
    writer->append(goodSample(1, kStart + 100));
    changed.waitForFinished();
    QCOMPARE(seen, 100);
}

void TestHistoryWriter::manyThreads()
{
    {
        auto writer = openWriter(path(), *m_clock);
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&writer, t] {
                for (int i = 0; i < 1'000; ++i)
                    writer->append(goodSample(t, kStart + i));
                writer->store(incidentOf(writer->nextIncidentId(), t));
            });
        for (auto &thread : threads)
            thread.join();
    }
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM sample"_s), "4000");
    QCOMPARE(sqlite(path(), u"SELECT group_concat(id) FROM (SELECT id FROM incident ORDER BY id)"_s),
             "1,2,3,4");
}

QTEST_GUILESS_MAIN(TestHistoryWriter)
#include "tst_historywriter.moc"
