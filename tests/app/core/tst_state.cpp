// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/state.h"

#include <QStringList>
#include <QTest>

using namespace backwatch;

class TestState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsAndNumbersStay();
    void refusesOthers();
    void beginsUnobserved();
};

void TestState::idsAndNumbersStay()
{
    const QStringList ids =
        QStringLiteral("not-observed up degraded suspect down unreachable maintenance paused").split(u' ');
    QCOMPARE(ids.size(), kStateCount);
    for (int number = 0; number < kStateCount; ++number) {
        const auto state = stateFromNumber(number);
        QVERIFY(state);
        QCOMPARE(static_cast<int>(*state), number);
        QCOMPARE(stateId(*state).toString(), ids[number]);
        QVERIFY(stateFromId(ids[number]) == state);
    }
    QCOMPARE(stateId(State::Down).toString(), QStringLiteral("down"));
    QCOMPARE(stateId(State::Paused).toString(), QStringLiteral("paused"));
}

void TestState::refusesOthers()
{
    QVERIFY(!stateFromNumber(-1));
    QVERIFY(!stateFromNumber(kStateCount));
    QVERIFY(!stateFromId(u""));
    QVERIFY(!stateFromId(u"Up"));
}

void TestState::beginsUnobserved()
{
    QVERIFY(MonitorState().state == State::NotObserved);
    QCOMPARE(MonitorState().failuresInARow, 0);
}

QTEST_GUILESS_MAIN(TestState)
#include "tst_state.moc"
