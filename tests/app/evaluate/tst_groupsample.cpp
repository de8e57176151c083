// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/groupsample.h"

#include <QTest>

using namespace backwatch;

namespace {

/// One letter a member: U up, G degraded, D down with 503, R unreachable, s suspect, M maintenance, - not
/// observed, n not observed since the own network is lost.
QList<GroupMember> membersOf(const QString &letters)
{
    QList<GroupMember> members;
    for (const QChar letter : letters) {
        GroupMember member;
        member.name = QStringLiteral("Node %1").arg(members.size() + 1);
        member.state = letter == u'U'   ? State::Up
                       : letter == u'G' ? State::Degraded
                       : letter == u'D' ? State::Down
                       : letter == u'R' ? State::Unreachable
                       : letter == u's' ? State::Suspect
                       : letter == u'M' ? State::Maintenance
                                        : State::NotObserved;
        member.last.outcome = letter == u'D'   ? Outcome::HttpStatus
                              : letter == u'R' ? Outcome::ConnectRefused
                              : letter == u'n' ? Outcome::LocalNetwork
                                               : Outcome::Ok;
        member.last.httpStatus = letter == u'D' ? 503 : 0;
        member.last.detail = letter == u'D' ? QStringLiteral("503 Backend fetch failed") : QString();
        members += member;
    }
    return members;
}

} // namespace

class TestGroupSample : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groups_data()
    {
        QTest::addColumn<QString>("members");
        QTest::addColumn<int>("atLeast");
        QTest::addColumn<Outcome>("outcome");
        QTest::newRow("all up") << "UUU" << 0 << Outcome::Ok;
        QTest::newRow("one down") << "UDU" << 0 << Outcome::HttpStatus;
        QTest::newRow("enough up") << "UDU" << 2 << Outcome::Partial;
        QTest::newRow("too few up") << "UDD" << 2 << Outcome::HttpStatus;
        QTest::newRow("one degraded") << "UGU" << 0 << Outcome::Partial;
        QTest::newRow("unreachable alone") << "UR" << 0 << Outcome::ConnectRefused;
        QTest::newRow("the one that is down speaks") << "RD" << 0 << Outcome::HttpStatus;
        QTest::newRow("a suspicion counts for nothing") << "Us" << 0 << Outcome::Ok;
        QTest::newRow("only suspicions") << "ss" << 0 << Outcome::Cancelled;
        QTest::newRow("maintenance counts for nothing") << "UM" << 0 << Outcome::Ok;
        QTest::newRow("nothing known yet") << "--" << 0 << Outcome::Cancelled;
        QTest::newRow("own network") << "nn" << 0 << Outcome::LocalNetwork;
        QTest::newRow("not enough are known") << "U-" << 2 << Outcome::Cancelled;
        QTest::newRow("no members") << "" << 0 << Outcome::Cancelled;
    }

    void groups()
    {
        QFETCH(QString, members);
        QFETCH(int, atLeast);
        GroupCheck check;
        check.atLeast = atLeast;
        const Sample sample = groupSample(check, membersOf(members), 1'000);
        QTEST(sample.outcome, "outcome");
        QCOMPARE(sample.startedAt, UtcMs(1'000));
        QVERIFY(!sample.detail.isEmpty());
    }

    void namesWhoIsDownAndWhy()
    {
        GroupCheck check;
        const Sample sample = groupSample(check, membersOf(QStringLiteral("UDDDDD")), 0);
        QCOMPARE(sample.httpStatus, 503);
        QVERIFY2(sample.detail.contains(QStringLiteral("Node 2, Node 3, Node 4")), qPrintable(sample.detail));
        QVERIFY(!sample.detail.contains(QStringLiteral("Node 5")));
        QVERIFY(sample.detail.contains(QStringLiteral("503 Backend fetch failed")));
    }
};

QTEST_GUILESS_MAIN(TestGroupSample)
#include "tst_groupsample.moc"
