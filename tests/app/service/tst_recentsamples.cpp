// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/recentsamples.h"

#include <QTest>

using namespace backwatch;

namespace {

StoredSample at(UtcMs moment, Outcome outcome = Outcome::Ok)
{
    StoredSample stored;
    stored.sample.startedAt = moment;
    stored.sample.outcome = outcome;
    return stored;
}

} // namespace

class TestRecentSamples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysSmallAtAnyInterval()
    {
        RecentSamples recent;
        for (UtcMs moment = 0; moment < 3 * RecentSamples::kSpanMs; moment += 1'000)
            recent.add(at(moment));
        QVERIFY(recent.list().size() <= 121);
        QVERIFY(recent.list().first().sample.startedAt >= 2 * RecentSamples::kSpanMs - 1'000);
        QCOMPARE(recent.list().last().sample.startedAt, 3 * RecentSamples::kSpanMs - 1'000);
    }

    void aFailureIsNotThinnedAway()
    {
        RecentSamples recent;
        recent.add(at(0));
        recent.add(at(5'000, Outcome::HttpStatus));
        recent.add(at(10'000));
        recent.add(at(40'000));
        QCOMPARE(recent.list().size(), 2);
        QCOMPARE(recent.list().first().sample.outcome, Outcome::HttpStatus);
        QCOMPARE(recent.list().first().sample.startedAt, 5'000);
    }
};

QTEST_GUILESS_MAIN(TestRecentSamples)
#include "tst_recentsamples.moc"
