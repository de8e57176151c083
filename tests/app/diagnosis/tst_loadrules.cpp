// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/reasoning.h"
#include "app/history/evidencecodec.h"

#include <QFile>
#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString kBusy = u"PHP-FPM: 5 of 5 worker(s) busy, 12 request(s) wait (04:12:30 UTC)."_s;
const QString kShort = u"The machine 10.0.0.5: 1.0 % of the memory is available (04:12:30 UTC)."_s;
const QString kRoom = u"PHP-FPM: 1 of 5 worker(s) busy, no request waits (04:12:30 UTC)."_s;

DiagnosisContext exhaustedPool()
{
    DiagnosisContext context;
    context.loadFacts = {kBusy, kShort};
    context.overloaded = true;
    context.workersExhausted = true;
    context.exhausted = {Layer::Runtime, u"php-fpm"_s};
    return context;
}

DiagnosisContext machineShortOfMemory()
{
    DiagnosisContext context;
    context.loadFacts = {kShort};
    context.overloaded = true;
    return context;
}

DiagnosisContext roomLeft()
{
    DiagnosisContext context;
    context.loadFacts = {kRoom};
    return context;
}

const Cause *causeOf(const Diagnosis &diagnosis, CauseKind kind)
{
    for (const auto &cause : diagnosis.causes)
        if (cause.kind == kind)
            return &cause;
    return nullptr;
}

} // namespace

/// What the load of the machines behind adds to recorded exchanges of real servers.
class LoadRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aPoolAtItsLimit_data();
    void aPoolAtItsLimit();
    void whatLoadDoesNotExplain_data();
    void whatLoadDoesNotExplain();
    void aMachineInNeedIsAHint();
    void aFailingDatabaseIsWaitedFor();
    void roomSpeaksAgainst();
    void withoutLoadNothingChanges();

private:
    Diagnosis diagnosisOf(const QString &recording, const DiagnosisContext &context) const;

    std::optional<Fingerprints> m_fingerprints;
};

void LoadRulesTest::initTestCase()
{
    m_fingerprints = *Fingerprints::load(u":/fingerprints"_s);
}

Diagnosis LoadRulesTest::diagnosisOf(const QString &recording, const DiagnosisContext &context) const
{
    QFile file(QStringLiteral(BACKWATCH_TEST_DATA "/exchanges/%1.har").arg(recording));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    const auto exchange = exchangeFromHar(file.readAll());
    return diagnose(*exchange, m_fingerprints->recognise(*exchange), context);
}

void LoadRulesTest::aPoolAtItsLimit_data()
{
    QTest::addColumn<QString>("recording");
    for (const char *name :
         {"nginx-php-max-children", "nginx-php-backlog-full", "nginx-php-backlog-full-unix", "nginx-timeout",
          "nginx-wp-slow", "nginx-limit-conn-503", "nginx-return-503", "nginx-refused", "haproxy-refused",
          "haproxy-timeout", "haproxy-php-timeout", "varnish-timeout", "varnish-refused", "varnish-all-sick",
          "apache-php-timeout", "apache-refused", "nginx-chain-varnish-timeout", "nginx-app_504_passthrough"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void LoadRulesTest::aPoolAtItsLimit()
{
    QFETCH(const QString, recording);
    const auto diagnosis = diagnosisOf(recording, exhaustedPool());
    const auto &first = diagnosis.causes.first();
    QCOMPARE(causeId(first.kind), causeId(CauseKind::Overload));
    QVERIFY(first.supporting.contains(kBusy));
    QVERIFY(first.supporting.contains(kShort));
    QCOMPARE(diagnosis.failing, (FailingPart{Layer::Runtime, u"php-fpm"_s}));
    QCOMPARE(first.confidence, Confidence::Medium);
    // The page's own reading stays behind it, no longer certain.
    QVERIFY(diagnosis.causes.size() > 1);
}

void LoadRulesTest::whatLoadDoesNotExplain_data()
{
    QTest::addColumn<QString>("recording");
    for (const char *name : {"nginx-wp-maintenance-file", "nginx-php-script-unknown", "nginx-redirect_loop",
                             "nginx-limit-req-429", "nginx-wp-db-refused"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void LoadRulesTest::whatLoadDoesNotExplain()
{
    QFETCH(const QString, recording);
    const auto without = diagnosisOf(recording, {});
    const auto with = diagnosisOf(recording, exhaustedPool());
    QVERIFY(!without.causes.isEmpty());
    QCOMPARE(causeId(with.causes.first().kind), causeId(without.causes.first().kind));
    QCOMPARE(with.causes.first().confidence, without.causes.first().confidence);
    QCOMPARE(with.failing, without.failing);
}

void LoadRulesTest::aMachineInNeedIsAHint()
{
    // A backend that is gone is gone: perhaps for lack of memory, which stands beside it.
    const auto refused = diagnosisOf(u"nginx-refused"_s, machineShortOfMemory());
    QCOMPARE(causeId(refused.causes.first().kind), causeId(CauseKind::UpstreamRefused));
    QVERIFY(causeOf(refused, CauseKind::Overload));
    QVERIFY(causeOf(refused, CauseKind::Overload)->supporting.contains(kShort));
}

void LoadRulesTest::aFailingDatabaseIsWaitedFor()
{
    auto context = exhaustedPool();
    Neighbour database;
    database.name = u"Shop database"_s;
    database.layer = Layer::Database;
    database.kind = u"mysql"_s;
    database.state = State::Down;
    database.outcome = Outcome::ConnectTimeout;
    database.isDependency = true;
    context.neighbours = {database};
    const auto diagnosis = diagnosisOf(u"nginx-timeout"_s, context);
    QCOMPARE(causeId(diagnosis.causes.first().kind), causeId(CauseKind::DatabaseDown));
    QCOMPARE(diagnosis.failing.layer, Layer::Database);
    QVERIFY(causeOf(diagnosis, CauseKind::Overload)->supporting.contains(kBusy));
}

void LoadRulesTest::roomSpeaksAgainst()
{
    const auto without = diagnosisOf(u"nginx-timeout"_s, {});
    const auto with = diagnosisOf(u"nginx-timeout"_s, roomLeft());
    QCOMPARE(with.causes.first().kind, without.causes.first().kind);
    QVERIFY(causeOf(without, CauseKind::Overload));
    QCOMPARE(causeOf(with, CauseKind::Overload)->opposing, QStringList{kRoom});
    QCOMPARE(causeOf(with, CauseKind::Overload)->confidence, Confidence::Low);
    QVERIFY(causeOf(without, CauseKind::Overload)->opposing.isEmpty());
}

void LoadRulesTest::withoutLoadNothingChanges()
{
    DiagnosisContext context;
    context.overloaded = true; // and no sentence that says so
    QCOMPARE(diagnosisOf(u"nginx-timeout"_s, context).causes, diagnosisOf(u"nginx-timeout"_s, {}).causes);
}

QTEST_GUILESS_MAIN(LoadRulesTest)
#include "tst_loadrules.moc"
