// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/loadonce.h"
#include "app/service/loadwatch.h"
#include "app/service/storedconfiguration.h"
#include "tests/app/load/recordedload.h"
#include "tests/app/service/servicerig.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr quint64 kLoadTokens = quint64(1) << 61;

LoadSource phpFpm()
{
    return {u"php-fpm"_s, QUrl(u"http://10.0.0.5/fpm?token=secret"_s)};
}

LoadSource node()
{
    return {u"prometheus"_s, QUrl(u"http://10.0.0.5:9100/metrics"_s)};
}

Service shop(const QList<LoadSource> &load)
{
    return {u"Shop"_s, load};
}

QByteArray kindOf(const ProbeRequest &request)
{
    return std::get<HttpCheck>(request.check).url.path().toUtf8();
}

/// Answers one request with this body, well. Not the one in the probe's list: that goes.
void answer(FakeProbe &probe, const ProbeRequest &request, const QByteArray &body, UtcMs at)
{
    auto exchange = std::make_shared<Exchange>();
    exchange->status = 200;
    exchange->outcome = Outcome::Ok;
    exchange->body = body.left(request.keptBody);
    Sample sample;
    sample.startedAt = at;
    sample.outcome = Outcome::Ok;
    probe.requests.removeIf([&](const ProbeRequest &one) { return one.token == request.token; });
    Q_EMIT probe.answered({{request.token, {sample, exchange}}});
}

Sample refused()
{
    Sample sample;
    sample.outcome = Outcome::ConnectRefused;
    sample.detail = u"Connection refused"_s;
    return sample;
}

struct Rig
{
    /// Moves time until something is asked, and answers all of it with this.
    void answerNext(const QByteArray &body)
    {
        waitForQuestion();
        const auto requests = probe.requests;
        for (const auto &request : requests)
            answer(probe, request, body, clock.utcMs());
    }
    void waitForQuestion()
    {
        for (int steps = 0; probe.requests.isEmpty() && steps < 1'000; ++steps)
            clock.advance(100);
        QVERIFY(!probe.requests.isEmpty());
    }
    QList<LoadSeries> stored()
    {
        if (!waitFor(writer->flush()))
            qFatal("Not stored.");
        const auto reader = HistoryReader::open(file());
        return (*reader)->loadSeries(u"Shop"_s, clock.utcMs() - 3'600'000 * 2, clock.utcMs() + 1).value();
    }
    QString file() const { return folder.filePath(u"history.db"_s); }

    QTemporaryDir folder;
    FakeClock clock;
    FakeProbe probe;
    std::unique_ptr<HistoryWriter> writer = *HistoryWriter::open(file(), clock);
    LoadWatch watch{clock, probe, *writer};
};

const QByteArray kQueue = recordedLoad(u"php-fpm-queue.json"_s);
const QByteArray kIdle = recordedLoad(u"php-fpm-idle.txt"_s);

/// nginx's own page after a time-out of a minute.
ExchangePtr gatewayTimeout()
{
    auto exchange = std::make_shared<Exchange>();
    exchange->status = 504;
    exchange->outcome = Outcome::HttpStatus;
    exchange->responseHeaders = {{"Server", "nginx/1.22.1"}, {"Content-Type", "text/html"}};
    exchange->body = "<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body>\r\n"
                     "<center><h1>504 Gateway Time-out</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n"
                     "</body>\r\n</html>\r\n";
    exchange->phases.wait = 60'000ms;
    return exchange;
}

/// The service with a shop whose pool can be read.
struct ShopRig : ServiceRig
{
    explicit ShopRig(const QString &folder) : ServiceRig(folder)
    {
        Configuration wanted;
        wanted.services = {shop({phpFpm()})};
        Monitor front;
        front.service = u"Shop"_s;
        front.name = u"Front"_s;
        HttpCheck check;
        check.url = QUrl(u"http://127.0.0.1:1/"_s);
        front.check = check;
        front.retries = 1;
        wanted.monitors = {front};
        QSignalSpy changed(&service, &Watch::monitorsChanged);
        if (!makeConfigurationBe(directory, wanted, false) ||
            !QTest::qWaitFor([&] { return !changed.isEmpty(); }, 10'000))
            qFatal("The configuration is not taken up.");
        id = service.monitors().first().id;
    }

    /// Lets time pass; the pool says this, and the front fails or not.
    void pass(qint64 ms, const QByteArray &pool, bool fails)
    {
        for (qint64 passed = 0; passed < ms; passed += 100) {
            clock.advance(100);
            const auto requests = probe.requests;
            for (const auto &request : requests)
                answerOne(request, pool, fails);
        }
    }
    void answerOne(const ProbeRequest &request, const QByteArray &pool, bool fails)
    {
        if (request.token >= kLoadTokens) {
            answer(probe, request, pool, clock.utcMs());
            return;
        }
        Sample sample;
        sample.monitor = request.monitor;
        sample.startedAt = clock.utcMs();
        sample.outcome = fails ? Outcome::HttpStatus : Outcome::Ok;
        sample.httpStatus = fails ? 504 : 200;
        sample.detail = fails ? u"504 Gateway Time-out"_s : u"200 OK"_s;
        probe.requests.removeIf([&](const ProbeRequest &one) { return one.token == request.token; });
        Q_EMIT probe.answered({{request.token, {sample, fails ? gatewayTimeout() : nullptr}}});
    }
    Diagnosis diagnosis()
    {
        const auto incident = service.status(id).incident;
        return incident ? waitFor(service.incidentFile(incident->id))->diagnosis : Diagnosis();
    }

    MonitorId id = 0;
};

} // namespace

class TestLoadWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySourceTwiceAMinute();
    void oneQuestionASourceAtATime();
    void fewAtATime();
    void questionsAreNobodysCheck();
    void aPoolAtItsLimitIsInThePicture();
    void oldReadingsSayNothing();
    void faultsAreOfTheSource();
    void toldOnceWhenItBegins();
    void ratesComeWithTheSecondReading();
    void limitsAreStoredWhenTheyChange();
    void sourcesComeAndGo();
    void readsSoonWhenAsked();
    void whatASleepInterruptedIsAskedAgain();
    void theInnermostIsAtFault();
    void incidentsKnowTheLoad();
    void incidentsAreRevisedWhenExhaustionBegins();
    void aCommandReadsOnce();
};

void TestLoadWatch::everySourceTwiceAMinute()
{
    Rig rig;
    rig.watch.setServices({shop({phpFpm(), node(), {u"nginx"_s, QUrl(u"http://10.0.0.5/stub"_s)}})});
    QHash<QByteArray, int> asked;
    QList<qint64> moments;
    for (int tenths = 0; tenths < 3'000; ++tenths) {
        rig.clock.advance(100);
        const auto requests = rig.probe.requests;
        for (const auto &request : requests) {
            ++asked[kindOf(request)];
            moments += rig.clock.monotonicMs();
            answer(rig.probe, request, kIdle, rig.clock.utcMs()); // two cannot read it, which matters not
        }
    }
    QCOMPARE(asked.size(), 3);
    for (const int times : asked)
        QCOMPARE(times, 10);
    for (qsizetype i = 1; i < moments.size(); ++i)
        QVERIFY(moments[i] - moments[i - 1] >= 9'000); // spread
}

void TestLoadWatch::oneQuestionASourceAtATime()
{
    Rig rig;
    rig.watch.setServices({shop({phpFpm()})});
    rig.clock.advance(300'000);
    QCOMPARE(rig.probe.requests.size(), 1);
}

void TestLoadWatch::fewAtATime()
{
    Rig rig;
    QList<Service> services;
    for (int i = 0; i < 40; ++i)
        services.append({u"Service %1"_s.arg(i), {phpFpm()}});
    rig.watch.setServices(services);
    rig.clock.advance(60'000);
    QCOMPARE(rig.probe.requests.size(), LoadWatch::kMostAtOnce);
    // Whoever waits is asked as soon as there is room.
    answer(rig.probe, ProbeRequest(rig.probe.requests.first()), kIdle, rig.clock.utcMs());
    QCOMPARE(rig.probe.requests.size(), LoadWatch::kMostAtOnce);
    rig.probe.answerAll(refused(), rig.clock.utcMs());
    QCOMPARE(rig.probe.requests.size(), LoadWatch::kMostAtOnce);
}

void TestLoadWatch::questionsAreNobodysCheck()
{
    Rig rig;
    rig.watch.setServices({shop({phpFpm()})});
    rig.waitForQuestion();
    const auto &request = rig.probe.requests.first();
    QVERIFY(request.token > kLoadTokens && request.token < kLoadTokens * 2);
    QCOMPARE(request.monitor, MonitorId(0));
    QVERIFY(request.timeout < LoadWatch::kEvery);
    QVERIFY(!std::get<HttpCheck>(request.check).followRedirects);
    // An answer with another's number is another's.
    Q_EMIT rig.probe.answered({{7, {refused(), nullptr}}});
    QVERIFY(rig.watch.faults(u"Shop"_s).isEmpty());
}

void TestLoadWatch::aPoolAtItsLimitIsInThePicture()
{
    Rig rig;
    rig.watch.setServices({shop({phpFpm()})});
    rig.answerNext(kQueue);
    const auto picture = rig.watch.picture(u"Shop"_s);
    QVERIFY(picture.overloaded);
    QVERIFY(picture.workersExhausted);
    QCOMPARE(picture.exhausted, (FailingPart{Layer::Runtime, u"php-fpm"_s}));
    QCOMPARE(picture.facts.size(), 1);
    QVERIFY(picture.facts.first().startsWith(u"PHP-FPM: 5 of 5 worker(s) busy, 24 request(s) wait"));
    QVERIFY(rig.watch.picture(u"Blog"_s).facts.isEmpty());
    rig.answerNext(kIdle);
    QVERIFY(!rig.watch.picture(u"Shop"_s).overloaded);
    QVERIFY(rig.watch.picture(u"Shop"_s).facts.first().contains(u"0 of 5"));
}

void TestLoadWatch::oldReadingsSayNothing()
{
    Rig rig;
    rig.watch.setServices({shop({phpFpm()})});
    rig.answerNext(kQueue);
    rig.clock.advance(LoadWatch::kFresh.count());
    QVERIFY(rig.watch.picture(u"Shop"_s).overloaded);
    rig.clock.advance(1);
    QVERIFY(rig.watch.picture(u"Shop"_s).facts.isEmpty());

    rig.answerNext(kQueue);
    rig.clock.jumpUtc(-3'600'000);
    QVERIFY(rig.watch.picture(u"Shop"_s).facts.isEmpty());
}

void TestLoadWatch::faultsAreOfTheSource()
{
    Rig rig;
    rig.watch.setServices({shop({phpFpm()})});
    rig.answerNext(kIdle);
    rig.waitForQuestion();
    rig.probe.answerAll(refused(), rig.clock.utcMs());
    const auto faults = rig.watch.faults(u"Shop"_s);
    QCOMPARE(faults, QStringList{u"PHP-FPM at 10.0.0.5 tells no load: Connection refused."_s});
    // What was read before is still fresh.
    QCOMPARE(rig.watch.picture(u"Shop"_s).facts.size(), 1);
    rig.answerNext("<html>Sign in</html>");
    QVERIFY(rig.watch.faults(u"Shop"_s).first().contains(u"pm.status_path"));
    QVERIFY(!rig.watch.faults(u"Shop"_s).first().contains(u"secret"));
    rig.answerNext(QByteArray(5 * 1024 * 1024, 'x'));
    QVERIFY(rig.watch.faults(u"Shop"_s).first().contains(u"4 MiB"));
    rig.answerNext(kIdle);
    QVERIFY(rig.watch.faults(u"Shop"_s).isEmpty());
}

void TestLoadWatch::toldOnceWhenItBegins()
{
    Rig rig;
    QSignalSpy told(&rig.watch, &LoadWatch::exhausted);
    rig.watch.setServices({shop({phpFpm()})});
    rig.answerNext(kIdle);
    QVERIFY(told.isEmpty());
    rig.answerNext(kQueue);
    rig.answerNext(kQueue);
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.first().first().toString(), u"Shop"_s);
    rig.answerNext(kIdle);
    rig.answerNext(kQueue);
    QCOMPARE(told.size(), 2);
}

void TestLoadWatch::ratesComeWithTheSecondReading()
{
    Rig rig;
    rig.watch.setServices({shop({node()})});
    rig.answerNext(recordedLoad(u"node_exporter-1.prom"_s));
    rig.answerNext(recordedLoad(u"node_exporter-2.prom"_s));
    const auto series = rig.stored();
    QStringList names;
    for (const auto &one : series)
        names += one.name;
    QCOMPARE(names, (QStringList{u"host.cpu.busy"_s, u"host.disk.free"_s, u"host.load1"_s,
                                 u"host.memory.available"_s}));
    QCOMPARE(series[0].points.size(), 1);
    QCOMPARE(series[2].points.size(), 2);
    QCOMPARE(series[2].limits.first().value, 2.0);
    QCOMPARE(series[2].points.last().mean, 5.08);
}

void TestLoadWatch::limitsAreStoredWhenTheyChange()
{
    Rig rig;
    rig.watch.setServices({shop({phpFpm()})});
    const auto limits = [&rig] {
        static_cast<void>(rig.stored());
        const auto reader = HistoryReader::open(rig.file());
        QSqlQuery query((*reader)->database());
        query.exec(u"SELECT count(*) FROM v_load WHERE name = 'php-fpm.workers.active.limit'"_s);
        return query.next() ? query.value(0).toInt() : -1;
    };
    for (int i = 0; i < 20; ++i)
        rig.answerNext(kQueue);
    QCOMPARE(limits(), 1);
    rig.answerNext(recordedLoad(u"php-fpm-dynamic-reached.json"_s));
    QCOMPARE(limits(), 2);
    for (int i = 0; i < 130; ++i)
        rig.answerNext(recordedLoad(u"php-fpm-dynamic-reached.json"_s));
    QCOMPARE(limits(), 3);
}

void TestLoadWatch::sourcesComeAndGo()
{
    Rig rig;
    rig.watch.setServices({shop({phpFpm()})});
    rig.answerNext(kQueue);
    rig.waitForQuestion();
    // The same again is no reason to ask again, or to forget.
    rig.watch.setServices({shop({phpFpm(), node()})});
    QVERIFY(rig.watch.picture(u"Shop"_s).overloaded);
    QCOMPARE(rig.probe.requests.size(), 1);
    const auto late = rig.probe.requests.first();
    rig.watch.setServices({});
    QVERIFY(rig.watch.picture(u"Shop"_s).facts.isEmpty());
    answer(rig.probe, late, kQueue, rig.clock.utcMs());
    QVERIFY(rig.watch.picture(u"Shop"_s).facts.isEmpty());
    rig.clock.advance(120'000);
    QVERIFY(rig.probe.requests.isEmpty());
}

void TestLoadWatch::readsSoonWhenAsked()
{
    Rig rig;
    rig.watch.setServices({shop({phpFpm()})});
    rig.answerNext(kIdle);
    rig.watch.readSoon(u"Shop"_s);
    rig.clock.advance(1'000);
    QVERIFY(rig.probe.requests.isEmpty()); // it was a moment ago
    rig.clock.advance(6'000);
    rig.watch.readSoon(u"Blog"_s);
    rig.watch.readSoon(u"Shop"_s);
    QVERIFY(rig.probe.requests.isEmpty());
    rig.clock.advance(0);
    QCOMPARE(rig.probe.requests.size(), 1);
    rig.watch.readSoon(u"Shop"_s);
    rig.clock.advance(10'000);
    QCOMPARE(rig.probe.requests.size(), 1);
}

void TestLoadWatch::whatASleepInterruptedIsAskedAgain()
{
    Rig rig;
    rig.watch.setServices({shop({phpFpm()})});
    rig.waitForQuestion();
    const auto before = rig.probe.requests.first();
    rig.watch.discard();
    QVERIFY(rig.watch.faults(u"Shop"_s).isEmpty());
    rig.waitForQuestion();
    QVERIFY(rig.probe.requests.first().token != before.token);
    answer(rig.probe, ProbeRequest(rig.probe.requests.first()), kQueue, rig.clock.utcMs());
    QVERIFY(rig.watch.picture(u"Shop"_s).overloaded);
}

void TestLoadWatch::theInnermostIsAtFault()
{
    const auto picture = loadPictureOf({{LoadStrain::Room, u"idle"_s},
                                        {LoadStrain::Machine, u"memory"_s},
                                        {LoadStrain::Workers, u"queue"_s},
                                        {LoadStrain::Workers, u"apache"_s, Layer::WebServer, u"apache"_s},
                                        {LoadStrain::Workers, u"fpm"_s, Layer::Runtime, u"php-fpm"_s},
                                        {LoadStrain::Workers, u"nginx"_s, Layer::WebServer, u"nginx"_s}});
    QCOMPARE(picture.facts, (QStringList{u"queue"_s, u"apache"_s, u"fpm"_s, u"nginx"_s, u"memory"_s}));
    QCOMPARE(picture.exhausted, (FailingPart{Layer::Runtime, u"php-fpm"_s}));
    const auto machine = loadPictureOf({{LoadStrain::Room, u"idle"_s}, {LoadStrain::Machine, u"memory"_s}});
    QVERIFY(machine.overloaded && !machine.workersExhausted);
    QCOMPARE(machine.facts, QStringList{u"memory"_s});
}

void TestLoadWatch::incidentsKnowTheLoad()
{
    QTemporaryDir folder;
    ShopRig rig(folder.path());
    rig.pass(40'000, kQueue, false);
    QVERIFY(!rig.service.status(rig.id).incident); // a source is no monitor
    rig.pass(60'000, kQueue, true);
    const auto diagnosis = rig.diagnosis();
    QVERIFY(!diagnosis.causes.isEmpty());
    QCOMPARE(causeId(diagnosis.causes.first().kind), u"overload"_s);
    QVERIFY(diagnosis.causes.first().supporting.join(u' ').contains(u"5 of 5 worker(s) busy"));
    QCOMPARE(diagnosis.failing, (FailingPart{Layer::Runtime, u"php-fpm"_s}));
    // What it was at the time stays, however idle the machine is while nobody can reach it.
    rig.pass(240'000, kIdle, true);
    QCOMPARE(causeId(rig.diagnosis().causes.first().kind), u"overload"_s);
}

void TestLoadWatch::incidentsAreRevisedWhenExhaustionBegins()
{
    QTemporaryDir folder;
    ShopRig rig(folder.path());
    rig.pass(40'000, kIdle, false);
    rig.pass(60'000, kIdle, true);
    const auto before = rig.diagnosis();
    QCOMPARE(causeId(before.causes.first().kind), u"upstream-timeout"_s);
    rig.pass(40'000, kQueue, true);
    const auto after = rig.diagnosis();
    QCOMPARE(causeId(after.causes.first().kind), u"overload"_s);
    QVERIFY(after.madeAt > before.madeAt);
    // The history has the revised one, also after the incident.
    const IncidentId incident = rig.service.status(rig.id).incident->id;
    rig.pass(40'000, kIdle, false);
    QVERIFY(!rig.service.status(rig.id).incident);
    QVERIFY(waitFor(rig.writer->flush()));
    QCOMPARE(waitFor(rig.service.incidentFile(incident))->diagnosis.causes, after.causes);
}

void TestLoadWatch::aCommandReadsOnce()
{
    FakeClock clock;
    FakeProbe probe;
    QTimer::singleShot(0, &probe, [&] {
        QCOMPARE(probe.requests.size(), 2);
        const auto requests = probe.requests;
        for (const auto &request : requests)
            answer(probe, request, kQueue, clock.utcMs());
    });
    const auto read = readLoadOnce(clock, probe, shop({phpFpm(), node()}));
    QVERIFY(read.picture.workersExhausted);
    QCOMPARE(read.troubles.size(), 1);
    QVERIFY(read.troubles.first().startsWith(u"Prometheus at 10.0.0.5:9100"));
    QVERIFY(readLoadOnce(clock, probe, shop({})).picture.facts.isEmpty());
}

QTEST_GUILESS_MAIN(TestLoadWatch)
#include "tst_loadwatch.moc"
