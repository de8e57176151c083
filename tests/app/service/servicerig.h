// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/secrets/memorysecrets.h"
#include "app/service/datadirectory.h"
#include "app/service/monitoringservice.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetworkpaths.h"
#include "tests/support/fakeprobe.h"

#include <QTest>

namespace backwatch {

/// The service on a real history in a folder of its own, with time and network in the test's hands.
struct ServiceRig
{
    explicit ServiceRig(const QString &folder, bool asksQuestions = false)
        : directory(folder)
        , fingerprints(*Fingerprints::load(QStringLiteral(":/fingerprints")))
        , playbooks(*Playbooks::load(QStringLiteral(":/playbooks")))
        , writer(*HistoryWriter::open(directory.database(), clock))
        , queries(directory.database())
        , sleep(clock)
        , service(
              MonitoringParts{clock, probe, *writer, queries, fingerprints, playbooks, secrets, paths, sleep},
              {500, true, asksQuestions})
    {
        const auto reader = HistoryReader::open(directory.database());
        restored = reader && service.restore(**reader);
        service.start();
    }

    /// Moves time until a check is due and answers it.
    void answerNext(const Sample &sample, const ExchangePtr &exchange = nullptr)
    {
        for (int steps = 0; probe.requests.isEmpty() && steps < 1'000; ++steps)
            clock.advance(100);
        QVERIFY(!probe.requests.isEmpty());
        probe.answerAll(sample, clock.utcMs(), exchange);
    }

    FakeClock clock;
    DataDirectory directory;
    FakeProbe probe;
    Fingerprints fingerprints;
    Playbooks playbooks;
    std::unique_ptr<HistoryWriter> writer;
    HistoryQueries queries;
    MemorySecrets secrets;
    FakeNetworkPaths paths;
    SleepWatch sleep;
    MonitoringService service;
    bool restored = false;
};

template <typename T>
T waitFor(QFuture<T> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10'000))
        qFatal("A future did not finish.");
    return future.result();
}

} // namespace backwatch
