// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/restoredmonitor.h"
#include "app/service/storedconfiguration.h"
#include "app/service/storedhistory.h"
#include "tests/app/service/servicerig.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kDay = 86'400'000;

Monitor shopFront()
{
    Monitor monitor;
    monitor.service = QStringLiteral("Shop");
    monitor.name = QStringLiteral("Front page");
    HttpCheck check;
    check.url = QUrl(QStringLiteral("http://127.0.0.1:1/"));
    monitor.check = check;
    monitor.interval = 30s;
    monitor.retryInterval = 5s;
    monitor.retries = 2;
    return monitor;
}

Sample good()
{
    Sample sample;
    sample.outcome = Outcome::Ok;
    sample.httpStatus = 200;
    return sample;
}

Sample failed503()
{
    Sample sample;
    sample.outcome = Outcome::HttpStatus;
    sample.httpStatus = 503;
    sample.detail = QStringLiteral("503 Backend fetch failed");
    return sample;
}

ExchangePtr varnishPage()
{
    auto exchange = std::make_shared<Exchange>();
    exchange->status = 503;
    exchange->reason = "Backend fetch failed";
    exchange->httpVersion = QStringLiteral("1.1");
    exchange->responseHeaders = {{"Server", "Varnish"},          {"X-Varnish", "32769"},
                                 {"Via", "1.1 h (Varnish/7.1)"}, {"Age", "0"},
                                 {"Retry-After", "5"},           {"Set-Cookie", "sid=secret-value"}};
    exchange->body =
        "<!DOCTYPE html>\n<html>\n  <head>\n    <title>503 Backend fetch failed</title>\n  </head>\n"
        "  <body>\n    <h1>Error 503 Backend fetch failed</h1>\n    <p>Backend fetch failed</p>\n"
        "    <h3>Guru Meditation:</h3>\n    <p>XID: 32770</p>\n    <hr>\n    <p>Varnish cache server</p>\n"
        "  </body>\n</html>\n";
    exchange->bodySize = exchange->body.size();
    exchange->outcome = Outcome::HttpStatus;
    exchange->url = QUrl(QStringLiteral("http://127.0.0.1:1/"));
    exchange->method = "GET";
    return exchange;
}

/// Good once, then down.
IncidentId outageOf(ServiceRig &rig, MonitorId monitor)
{
    rig.answerNext(good());
    for (int i = 0; i < 3; ++i)
        rig.answerNext(failed503(), varnishPage());
    return rig.service.status(monitor).incident->id;
}

} // namespace

class TestMonitoringService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeWayOfAnOutage()
    {
        QTemporaryDir folder;
        ServiceRig rig(folder.path());
        QVERIFY(rig.restored);
        QSignalSpy opened(&rig.service, &Watch::incidentOpened);
        QSignalSpy closed(&rig.service, &Watch::incidentClosed);
        QSignalSpy changed(&rig.service, &Watch::monitorsChanged);
        const auto id = waitFor(rig.service.addMonitor(shopFront()));
        QVERIFY(id);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(rig.service.status(*id).state.state, State::NotObserved);

        rig.answerNext(good());
        QCOMPARE(rig.service.status(*id).state.state, State::Up);
        const UtcMs firstFailure = [&] {
            rig.answerNext(failed503(), varnishPage());
            return rig.clock.utcMs();
        }();
        QCOMPARE(rig.service.status(*id).state.state, State::Suspect);
        QVERIFY(opened.isEmpty());
        rig.answerNext(failed503(), varnishPage());
        // The re-checks come after the retry interval, not after the whole one.
        QVERIFY(rig.clock.utcMs() - firstFailure <= 5'200);
        rig.answerNext(failed503(), varnishPage());
        const auto status = rig.service.status(*id);
        QCOMPARE(status.state.state, State::Down);
        QCOMPARE(opened.size(), 1);
        QVERIFY(status.incident);
        QCOMPARE(status.incident->openedAt, firstFailure);
        QCOMPARE(status.incident->producer, QStringLiteral("varnish"));
        QCOMPARE(status.incident->references,
                 (QList<Reference>{{QStringLiteral("xid"), QStringLiteral("32770")}}));
        QVERIFY(status.cause.contains(QStringLiteral("Varnish")));
        QVERIFY(status.cause.contains(QStringLiteral("503")));
        QVERIFY(status.cause.contains(QStringLiteral("cause")));

        const auto file = waitFor(rig.service.incidentFile(status.incident->id));
        QVERIFY(file);
        QVERIFY(file->evidence.failed);
        QCOMPARE(file->guide.steps.size(), 7);
        QVERIFY(!file->guide.verdict.isEmpty());
        QCOMPARE(file->diagnosis.recognition.producer, QStringLiteral("varnish"));
        QVERIFY(!file->diagnosis.causes.isEmpty());

        rig.answerNext(good());
        QCOMPARE(closed.size(), 1);
        QCOMPARE(rig.service.status(*id).state.state, State::Up);
        QVERIFY(!rig.service.status(*id).incident);

        QVERIFY(waitFor(rig.writer->flush()));
        const auto stored = waitFor(rig.service.incidents(*id, 0, rig.clock.utcMs() + 1));
        QVERIFY(stored);
        QCOMPARE(stored->size(), 1);
        QVERIFY(stored->first().closedAt);
        QCOMPARE(stored->first().producer, QStringLiteral("varnish"));
        // Closed, it is no longer at hand: what was thought of it comes out of the history.
        const auto kept = waitFor(rig.service.incidentFile(stored->first().id));
        QVERIFY(kept);
        QCOMPARE(kept->diagnosis.causes, file->diagnosis.causes);
        QCOMPARE(kept->diagnosis.madeAt, file->diagnosis.madeAt);
        const auto intervals = waitFor(rig.service.stateIntervals(*id, firstFailure - 1, rig.clock.utcMs()));
        QVERIFY(intervals);
        QVERIFY(intervals->contains({State::Down, firstFailure, *stored->first().closedAt}));
    }

    /// What was measured stays; the figures follow at once, and still after a start.
    void anOutageCountsAsSomethingElse()
    {
        QTemporaryDir folder;
        MonitorId id = 0;
        UtcMs later = 0;
        {
            ServiceRig rig(folder.path());
            id = *waitFor(rig.service.addMonitor(shopFront()));
            const IncidentId incident = outageOf(rig, id);
            QVERIFY(*rig.service.status(id).availability24h < 1.0);

            const auto unsaid = waitFor(rig.service.countOutageAs(incident, OutageClass::Maintenance, {}));
            QVERIFY(!unsaid);
            QCOMPARE(unsaid.error().kind, Error::Kind::Invalid);
            QVERIFY(*rig.service.status(id).availability24h < 1.0);

            QSignalSpy told(&rig.service, &Watch::statusChanged);
            QVERIFY(waitFor(rig.service.countOutageAs(incident, OutageClass::Maintenance,
                                                      QStringLiteral("New database"))));
            QCOMPARE(rig.service.status(id).availability24h, 1.0);
            QTRY_VERIFY(!told.isEmpty());
            rig.answerNext(good());
            rig.clock.advance(5'000);
            QVERIFY(waitFor(rig.writer->flush()));
            const auto file = waitFor(rig.service.incidentFile(incident));
            QVERIFY(file);
            QCOMPARE(file->said.size(), 1);
            QCOMPARE(file->said.first().countsAs, OutageClass::Maintenance);
            QCOMPARE(file->said.first().reason, QStringLiteral("New database"));
            QVERIFY(!file->said.first().who.isEmpty());
            QCOMPARE(file->availability, 1.0);
            later = rig.clock.utcMs();
        }
        const auto reader = HistoryReader::open(DataDirectory(folder.path()).database());
        Monitor monitor = shopFront();
        monitor.id = id;
        const auto restored = restoredMonitor(**reader, monitor, later, false);
        QVERIFY(restored);
        QCOMPARE(restored->trail.availability(later - kDay, later), 1.0);
    }

    /// Such as `backwatch incidents` does beside a running window.
    void whatIsSaidBesideIsTakenIn()
    {
        QTemporaryDir folder;
        ServiceRig rig(folder.path());
        const auto id = waitFor(rig.service.addMonitor(shopFront()));
        const IncidentId incident = outageOf(rig, *id);
        QVERIFY(waitFor(rig.writer->flush()));
        QVERIFY(*rig.service.status(*id).availability24h < 1.0);
        QSignalSpy told(&rig.service, &Watch::statusChanged);
        QVERIFY(classifyOutage(rig.directory, incident,
                               {OutageClass::Maintenance, QStringLiteral("New disks"), QStringLiteral("me"),
                                rig.clock.utcMs()}));
        rig.clock.advance(60'000);
        QTRY_COMPARE(rig.service.status(*id).availability24h, 1.0);
        QTRY_VERIFY(!told.isEmpty());
    }

    void anOutageThatEndsIsTheOnlyOneExcused()
    {
        QTemporaryDir folder;
        ServiceRig rig(folder.path());
        const auto id = waitFor(rig.service.addMonitor(shopFront()));
        const IncidentId incident = outageOf(rig, *id);
        QVERIFY(waitFor(
            rig.service.countOutageAs(incident, OutageClass::NotObserved, QStringLiteral("Our own proxy"))));
        rig.answerNext(good());
        QCOMPARE(rig.service.status(*id).availability24h, 1.0);
        for (int i = 0; i < 4; ++i)
            rig.answerNext(failed503(), varnishPage());
        QVERIFY(*rig.service.status(*id).availability24h < 1.0);
        QVERIFY(waitFor(
            rig.service.countOutageAs(incident, OutageClass::Outage, QStringLiteral("It was the server"))));
        QCOMPARE(waitFor(rig.service.incidentFile(incident))->said.size(), 2);
    }

    void theHistoryIsAccountedForAndKeptForSoLong()
    {
        QTemporaryDir folder;
        ServiceRig rig(folder.path());
        const UtcMs now = rig.clock.utcMs();
        const UtcMs old = now - 100 * kDay;
        rig.writer->append(LoadValues{QStringLiteral("Shop"), old, {{QStringLiteral("apache.busy"), 3}}});
        rig.writer->append(LoadValues{QStringLiteral("Shop"), now, {{QStringLiteral("apache.busy"), 4}}});
        QVERIFY(waitFor(rig.writer->flush()));
        const auto account = waitFor(rig.service.historyAccount());
        QVERIFY(account);
        QCOMPARE(account->file, rig.directory.database());
        QVERIFY(account->bytes > 0);
        QCOMPARE(account->tiers.size(), 6);
        QCOMPARE(account->tiers.last().kept, KeptDays(90));
        QCOMPARE(account->copiedAt, 0);

        const auto going = waitFor(rig.service.expiringPart(HistoryTier::Load, 30));
        QVERIFY(going);
        QCOMPARE(going->days, 1);
        QCOMPARE(going->from, old / kDay * kDay);
        QCOMPARE(going->before, (now / kDay - 30) * kDay);
        QCOMPARE(going->share, 0.5);
        QCOMPARE(*waitFor(rig.service.expiringPart(HistoryTier::Load, 101)), ExpiringPart());
        QCOMPARE(*waitFor(rig.service.expiringPart(HistoryTier::Load, std::nullopt)), ExpiringPart());
        for (const auto tier : {HistoryTier::Blocks, HistoryTier::Hours, HistoryTier::Evidence})
            QCOMPARE(*waitFor(rig.service.expiringPart(tier, 7)), ExpiringPart());

        QVERIFY(waitFor(rig.service.keepHistory(HistoryTier::Load, 30)));
        QCOMPARE(waitFor(rig.service.historyAccount())->tiers.last().kept, KeptDays(30));
        QVERIFY(!waitFor(rig.service.keepHistory(HistoryTier::Load, 3)));
        QCOMPARE(waitFor(rig.service.loadSeries(QStringLiteral("Shop"), old, now + 1))->size(), 1);
    }

    /// What was asked about an incident stands in its file, and no question is a check of anybody's.
    void anIncidentIsAskedAbout()
    {
        QTemporaryDir folder;
        ServiceRig rig(folder.path(), true);
        Monitor front = shopFront();
        const auto id = waitFor(rig.service.addMonitor(front));
        QVERIFY(id);
        rig.answerNext(good());
        for (int i = 0; i < 3; ++i)
            rig.answerNext(failed503(), varnishPage());
        const auto incident = rig.service.status(*id).incident;
        QVERIFY(incident);
        const UtcMs opened = rig.clock.utcMs();
        QVERIFY(rig.service.incidentFile(incident->id).result()->diagnosis.questions.isEmpty());
        const auto samplesBefore = rig.service.status(*id).lastHour.size();

        // Whatever is asked is answered by the same failure.
        QList<qint64> askedAt;
        for (int i = 0; i < 300 && rig.clock.utcMs() < opened + 14'000; ++i) {
            rig.clock.advance(50);
            QCoreApplication::processEvents();
            QList<quint64> questions;
            for (const auto &request : std::as_const(rig.probe.requests))
                if (request.monitor == 0)
                    questions.append(request.token);
            for (const quint64 token : questions) {
                askedAt.append(rig.clock.utcMs() - opened);
                rig.probe.answer(token, 0, failed503(), rig.clock.utcMs());
            }
            if (const auto file = rig.service.incidentFile(incident->id).result();
                file && !file->diagnosis.questions.isEmpty())
                break;
        }
        while (rig.clock.utcMs() < opened + 16'000)
            rig.clock.advance(50);
        QVERIFY2(askedAt.size() >= 2 && askedAt.size() <= 11, qPrintable(QString::number(askedAt.size())));
        QVERIFY2(askedAt.first() >= 5'000, "Retry-After was not honoured");
        for (qsizetype i = 1; i < askedAt.size(); ++i)
            QVERIFY(askedAt[i] - askedAt[i - 1] >= 250);
        const auto file = waitFor(rig.service.incidentFile(incident->id));
        QVERIFY(file);
        QVERIFY(!file->diagnosis.questions.isEmpty());
        QCOMPARE(file->diagnosis.questions.first().id, QStringLiteral("repeat"));
        QCOMPARE(file->diagnosis.questions.size(), askedAt.size());
        QCOMPARE(rig.service.status(*id).lastHour.size(), samplesBefore);
    }

    /// The admin may forbid it.
    void nothingIsAskedWhereItIsForbidden()
    {
        QTemporaryDir folder;
        {
            ServiceRig first(folder.path());
            QVERIFY(waitFor(first.service.addMonitor(shopFront())));
        }
        auto configuration = storedConfiguration(DataDirectory(folder.path()));
        configuration->network.questions = false;
        QVERIFY(makeConfigurationBe(DataDirectory(folder.path()), *configuration, false));
        ServiceRig rig(folder.path(), true);
        const MonitorId id = rig.service.monitors().first().id;
        for (int i = 0; i < 3; ++i)
            rig.answerNext(failed503(), nullptr);
        QVERIFY(rig.service.status(id).incident);
        for (int i = 0; i < 80; ++i) {
            rig.clock.advance(50);
            for (const auto &request : std::as_const(rig.probe.requests))
                QVERIFY(request.monitor != 0);
        }
    }

    void aRefutedFailureOpensNothing()
    {
        QTemporaryDir folder;
        ServiceRig rig(folder.path());
        QSignalSpy opened(&rig.service, &Watch::incidentOpened);
        const auto id = waitFor(rig.service.addMonitor(shopFront()));
        QVERIFY(id);
        rig.answerNext(good());
        rig.answerNext(failed503(), varnishPage());
        rig.answerNext(good());
        QVERIFY(opened.isEmpty());
        QCOMPARE(rig.service.status(*id).state.state, State::Up);
        QCOMPARE(rig.service.status(*id).availability24h, 1.0);
    }

    void anIncidentOutlivesTheProgram()
    {
        QTemporaryDir folder;
        MonitorId id = 0;
        IncidentId incident = 0;
        {
            ServiceRig rig(folder.path());
            auto monitor = shopFront();
            monitor.retries = 0;
            id = *waitFor(rig.service.addMonitor(monitor));
            rig.answerNext(failed503(), varnishPage());
            incident = rig.service.status(id).incident->id;
        }
        ServiceRig rig(folder.path());
        QVERIFY(rig.restored);
        QSignalSpy opened(&rig.service, &Watch::incidentOpened);
        QSignalSpy closed(&rig.service, &Watch::incidentClosed);
        QCOMPARE(rig.service.status(id).state.state, State::Down);
        QCOMPARE(rig.service.status(id).incident->id, incident);
        QVERIFY(rig.service.status(id).cause.contains(QStringLiteral("Varnish")));
        rig.answerNext(failed503(), varnishPage());
        QVERIFY(opened.isEmpty());
        rig.answerNext(good());
        QCOMPARE(closed.size(), 1);
        QCOMPARE(closed.first().first().value<Incident>().id, incident);
    }

    void pausedIsNotChecked()
    {
        QTemporaryDir folder;
        ServiceRig rig(folder.path());
        const auto id = *waitFor(rig.service.addMonitor(shopFront()));
        rig.answerNext(good());
        QVERIFY(waitFor(rig.service.setPaused(id, true)));
        QCOMPARE(rig.service.status(id).state.state, State::Paused);
        rig.clock.advance(120'000);
        QVERIFY(rig.probe.requests.isEmpty());
        QVERIFY(waitFor(rig.service.setPaused(id, false)));
        QCOMPARE(rig.service.status(id).state.state, State::NotObserved);
        rig.answerNext(good());
        QCOMPARE(rig.service.status(id).state.state, State::Up);
    }

    void anAnswerForARemovedMonitorIsNobodys()
    {
        QTemporaryDir folder;
        ServiceRig rig(folder.path());
        const auto id = *waitFor(rig.service.addMonitor(shopFront()));
        rig.clock.advance(1'000);
        QVERIFY(!rig.probe.requests.isEmpty());
        QVERIFY(waitFor(rig.service.removeMonitor(id)));
        rig.probe.answerAll(good(), rig.clock.utcMs());
        QVERIFY(rig.service.monitors().isEmpty());
        QVERIFY(!rig.service.monitor(id));
        QVERIFY(waitFor(rig.writer->flush()));
        const auto reader = HistoryReader::open(rig.directory.database());
        QCOMPARE((*reader)->samples(id, 0, rig.clock.utcMs() + 1)->size(), 0);
    }

    void aNameIsUsedOnce()
    {
        QTemporaryDir folder;
        ServiceRig rig(folder.path());
        QVERIFY(waitFor(rig.service.addMonitor(shopFront())));
        const auto again = waitFor(rig.service.addMonitor(shopFront()));
        QVERIFY(!again);
        QVERIFY(again.error().sentence.contains(QStringLiteral("Front page")));
        QCOMPARE(rig.service.monitors().size(), 1);
    }

    void aBadAddressIsASentence()
    {
        QTemporaryDir folder;
        ServiceRig rig(folder.path());
        const auto bad = waitFor(rig.service.addWebsite(QStringLiteral("http://")));
        QVERIFY(!bad);
        QVERIFY(!bad.error().sentence.isEmpty());
        const auto fine = waitFor(rig.service.addWebsite(QStringLiteral("http://127.0.0.1:8080/")));
        QVERIFY(fine);
        QCOMPARE(rig.service.monitors().size(), 1);
    }

    void seesWhatAnotherProgramApplied()
    {
        QTemporaryDir folder;
        ServiceRig rig(folder.path());
        QSignalSpy changed(&rig.service, &Watch::monitorsChanged);
        Configuration wanted;
        wanted.services = {{QStringLiteral("Shop"), {}}};
        wanted.monitors = {shopFront()};
        QVERIFY(makeConfigurationBe(rig.directory, wanted, false));
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 10'000);
        QCOMPARE(rig.service.monitors().size(), 1);
        rig.answerNext(good());
    }

    void sawNothingWhileItWasStalled()
    {
        QTemporaryDir folder;
        ServiceRig rig(folder.path());
        QSignalSpy health(&rig.service, &Watch::healthChanged);
        QVERIFY(waitFor(rig.service.addMonitor(shopFront())));
        rig.clock.advance(1'000);
        QVERIFY(!rig.probe.requests.isEmpty());
        QVERIFY(rig.service.health().alive);
        // The probe never answers, well past the check's own time limit.
        rig.clock.advance(60'000);
        QTRY_VERIFY(!rig.service.health().alive);
        QVERIFY(!health.isEmpty());
        rig.probe.answerAll(good(), rig.clock.utcMs());
        QTRY_VERIFY(rig.service.health().alive);
    }
};

QTEST_GUILESS_MAIN(TestMonitoringService)
#include "tst_monitoringservice.moc"
