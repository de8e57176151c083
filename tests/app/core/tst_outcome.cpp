// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/outcome.h"

#include <QStringList>
#include <QTest>

using namespace backwatch;

class TestOutcome : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsAreTheClosedList();
    void refusesOthers();
    void judges_data();
    void judges();
};

namespace {

/// As the public interface lists them. Numbers are stored: never reorder, only append.
const QStringList kPublicIds =
    QStringLiteral("ok slow dns-not-found dns-timeout dns-failure connect-refused connect-timeout "
                   "unreachable tls-handshake tls-untrusted tls-expired tls-name-mismatch "
                   "certificate-expiring first-byte-timeout body-timeout closed-early "
                   "malformed-response too-large redirect-loop http-status body-mismatch "
                   "header-mismatch json-mismatch protocol-error auth-rejected local-network "
                   "cancelled internal partial")
        .split(u' ');

} // namespace

void TestOutcome::idsAreTheClosedList()
{
    QCOMPARE(kPublicIds.size(), kOutcomeCount);
    for (int number = 0; number < kOutcomeCount; ++number) {
        const auto outcome = outcomeFromNumber(number);
        QVERIFY(outcome);
        QCOMPARE(static_cast<int>(*outcome), number);
        QCOMPARE(outcomeId(*outcome).toString(), kPublicIds[number]);
        QVERIFY(outcomeFromId(kPublicIds[number]) == outcome);
    }
    QCOMPARE(outcomeId(Outcome::HttpStatus).toString(), QStringLiteral("http-status"));
    QCOMPARE(outcomeId(Outcome::Internal).toString(), QStringLiteral("internal"));
}

void TestOutcome::refusesOthers()
{
    QVERIFY(!outcomeFromNumber(-1));
    QVERIFY(!outcomeFromNumber(kOutcomeCount));
    QVERIFY(!outcomeFromId(u""));
    QVERIFY(!outcomeFromId(u"OK"));
    QVERIFY(!outcomeFromId(u"ok "));
}

void TestOutcome::judges_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("judgement");
    const QStringList neutral{QStringLiteral("local-network"), QStringLiteral("cancelled"),
                              QStringLiteral("internal")};
    const QStringList degraded{QStringLiteral("slow"), QStringLiteral("certificate-expiring"),
                               QStringLiteral("partial")};
    for (const auto &id : kPublicIds) {
        const auto judgement = id == u"ok"             ? Judgement::Good
                               : degraded.contains(id) ? Judgement::Degraded
                               : neutral.contains(id)  ? Judgement::Neutral
                                                       : Judgement::Failed;
        QTest::newRow(qPrintable(id)) << id << static_cast<int>(judgement);
    }
}

void TestOutcome::judges()
{
    QFETCH(QString, id);
    QFETCH(int, judgement);
    QCOMPARE(static_cast<int>(judgementOf(*outcomeFromId(id))), judgement);
}

QTEST_GUILESS_MAIN(TestOutcome)
#include "tst_outcome.moc"
