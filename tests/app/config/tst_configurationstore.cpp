// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/configurationstore.h"
#include "tests/app/config/generatedconfiguration.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace backwatch;

class TestConfigurationStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void startsEmpty();
    void keepsEveryField();
    void keepsRemovedRows();
    void countsRevisions();
    void renames();
    void addsTheServiceThatAMonitorNames();
    void refusesWhatCannotBeReadBack();
    void refusesUsedNames();
    void noticesOtherWriters();
    void explainsDamage();
    void readsTimesOutsideOfTodaysLimits();
    void isQuick();
    void writesDownWhoChangedWhat();
    void writesDownNoSecrets();

private:
    Configuration stored() const;
    void makeItBe(const Configuration &wanted);
    QVariant value(const QString &sql) const;

    QSqlDatabase m_database;
};

namespace {

const QString kConnection = QStringLiteral("tst_configurationstore");

/// By name, as the store orders services; ids are the database's own.
Configuration comparable(Configuration configuration)
{
    std::sort(configuration.services.begin(), configuration.services.end(),
              [](const auto &a, const auto &b) { return a.name < b.name; });
    std::sort(configuration.monitors.begin(), configuration.monitors.end(),
              [](const auto &a, const auto &b) { return qualifiedName(a) < qualifiedName(b); });
    for (auto &monitor : configuration.monitors)
        monitor.id = 0;
    return configuration;
}

ConfigurationChange change(std::optional<Monitor> before, std::optional<Monitor> after)
{
    return {.monitorBefore = std::move(before),
            .monitorAfter = std::move(after),
            .serviceBefore = {},
            .serviceAfter = {}};
}

Monitor plainMonitor(const QString &name)
{
    Monitor monitor;
    monitor.name = name;
    HttpCheck check;
    check.url = QUrl(QStringLiteral("https://shop.example/"));
    monitor.check = check;
    return monitor;
}

} // namespace

void TestConfigurationStore::init()
{
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), kConnection);
    m_database.setDatabaseName(QStringLiteral(":memory:"));
    QVERIFY(m_database.open());
    QString sql;
    for (const auto &script : QDir(QStringLiteral(":/schema")).entryInfoList({QStringLiteral("*.sql")})) {
        QFile schema(script.filePath());
        QVERIFY(schema.open(QIODevice::ReadOnly));
        for (const auto &line : QString::fromUtf8(schema.readAll()).split(u'\n'))
            sql += line.section(QStringLiteral("--"), 0, 0) + u'\n';
    }
    for (const auto &statement : sql.split(u';')) {
        QSqlQuery query(m_database);
        if (!statement.trimmed().isEmpty())
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
    }
}

void TestConfigurationStore::cleanup()
{
    m_database = {};
    QSqlDatabase::removeDatabase(kConnection);
}

Configuration TestConfigurationStore::stored() const
{
    const auto loaded = loadConfiguration(m_database);
    if (!loaded)
        qCritical("%s", qPrintable(loaded.error().sentence));
    return loaded.value_or(Configuration());
}

void TestConfigurationStore::makeItBe(const Configuration &wanted)
{
    const auto done = storeChanges(m_database, difference(stored(), wanted));
    QVERIFY2(done, done ? "" : qPrintable(done.error().sentence));
    QVERIFY(comparable(stored()) == comparable(wanted));
    QVERIFY(difference(stored(), wanted).isEmpty());
}

QVariant TestConfigurationStore::value(const QString &sql) const
{
    QSqlQuery query(m_database);
    return query.exec(sql) && query.next() ? query.value(0) : QVariant();
}

void TestConfigurationStore::startsEmpty()
{
    QVERIFY(stored() == Configuration());
    QCOMPARE(configurationRevision(m_database).value_or(-1), 0);
    QVERIFY(storeChanges(m_database, {}));
    QCOMPARE(configurationRevision(m_database).value_or(-1), 0);
}

void TestConfigurationStore::keepsEveryField()
{
    QRandomGenerator random(3);
    for (int round = 0; round < 60; ++round)
        makeItBe(generatedConfiguration(random));
}

void TestConfigurationStore::keepsRemovedRows()
{
    makeItBe({{}, {plainMonitor(QStringLiteral("A"))}});
    const auto first = stored().monitors[0].id;
    makeItBe({});
    QCOMPARE(value(QStringLiteral("SELECT count(*) FROM monitor WHERE removed_at >= created_at")).toInt(), 1);
    makeItBe({{}, {plainMonitor(QStringLiteral("A"))}});
    QVERIFY(stored().monitors[0].id > first);
    QVERIFY(value(QStringLiteral("SELECT max(created_at) FROM monitor")).toLongLong() > 1'700'000'000'000);
}

void TestConfigurationStore::countsRevisions()
{
    makeItBe({{}, {plainMonitor(QStringLiteral("A")), plainMonitor(QStringLiteral("B"))}});
    QCOMPARE(configurationRevision(m_database).value_or(-1), 1);
    makeItBe({{}, {plainMonitor(QStringLiteral("A"))}});
    QCOMPARE(configurationRevision(m_database).value_or(-1), 2);
}

void TestConfigurationStore::renames()
{
    makeItBe({{}, {plainMonitor(QStringLiteral("A")), plainMonitor(QStringLiteral("B"))}});
    const auto before = stored().monitors;
    auto renamed = before[0];
    renamed.name = QStringLiteral("B"); // in place of the other, which goes away in the same change
    QVERIFY(storeChanges(m_database, {change(before[0], renamed), change(before[1], std::nullopt)}));
    QCOMPARE(stored().monitors.size(), 1);
    QVERIFY(stored().monitors[0] == renamed);
}

void TestConfigurationStore::addsTheServiceThatAMonitorNames()
{
    auto monitor = plainMonitor(QStringLiteral("A"));
    monitor.service = QStringLiteral("Shop");
    QVERIFY(storeChanges(m_database, {change(std::nullopt, monitor)}));
    QVERIFY(stored().services == QList<Service>({{QStringLiteral("Shop"), {}}}));
}

void TestConfigurationStore::refusesWhatCannotBeReadBack()
{
    auto monitor = plainMonitor(QStringLiteral("A"));
    std::get<HttpCheck>(monitor.check).url = QUrl(QStringLiteral("ftp://a/"));
    const auto done = storeChanges(m_database, {change(std::nullopt, monitor)});
    QVERIFY(!done);
    QVERIFY(done.error().kind == Error::Kind::Invalid);
    QVERIFY(done.error().sentence.contains(QStringLiteral("ftp")));
    std::get<HttpCheck>(monitor.check) = {};
    QVERIFY(!storeChanges(m_database, {change(std::nullopt, monitor)}));
}

void TestConfigurationStore::refusesUsedNames()
{
    makeItBe({{}, {plainMonitor(QStringLiteral("A"))}});
    const auto done = storeChanges(m_database, {change(std::nullopt, plainMonitor(QStringLiteral("A")))});
    QVERIFY(!done);
}

void TestConfigurationStore::noticesOtherWriters()
{
    makeItBe({{}, {plainMonitor(QStringLiteral("A"))}});
    const auto seen = stored().monitors[0];
    makeItBe({});
    for (const auto &after : {std::optional(seen), std::optional<Monitor>()}) {
        const auto done = storeChanges(m_database, {change(seen, after)});
        QVERIFY(!done);
        QVERIFY(done.error().kind == Error::Kind::Conflict);
    }
}

void TestConfigurationStore::explainsDamage()
{
    makeItBe({{}, {plainMonitor(QStringLiteral("A"))}});
    QSqlQuery(m_database).exec(QStringLiteral("UPDATE monitor SET spec = '{\"http\": {\"url\": 3'"));
    const auto damaged = loadConfiguration(m_database);
    QVERIFY(!damaged);
    QVERIFY(damaged.error().kind == Error::Kind::Unreadable);
    QVERIFY(damaged.error().sentence.contains(QStringLiteral("A:2:1: ")));
    QSqlQuery(m_database).exec(QStringLiteral("DROP VIEW v_recent_samples"));
    QSqlQuery(m_database).exec(QStringLiteral("DROP VIEW v_incidents"));
    QSqlQuery(m_database).exec(QStringLiteral("DROP TABLE setting"));
    QVERIFY(!configurationRevision(m_database));
    QVERIFY(!storeChanges(m_database, {change(std::nullopt, plainMonitor(QStringLiteral("B")))}));
}

void TestConfigurationStore::readsTimesOutsideOfTodaysLimits()
{
    auto monitor = plainMonitor(QStringLiteral("A"));
    monitor.interval = milliseconds(20);
    monitor.timeout = milliseconds(10);
    makeItBe({{}, {monitor}});
}

void TestConfigurationStore::isQuick()
{
    QRandomGenerator random(4);
    Configuration many;
    for (int i = 0; i < 2'000; ++i)
        many.monitors.append(generatedMonitor(random, {}, QStringLiteral("Monitor %1").arg(i)));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(m_database.transaction());
    makeItBe(many);
    QVERIFY(m_database.commit());
    timer.restart();
    QCOMPARE(stored().monitors.size(), 2'000);
    qInfo("2000 monitors loaded in %lld ms", static_cast<long long>(timer.elapsed()));
}

void TestConfigurationStore::writesDownWhoChangedWhat()
{
    Configuration wanted;
    wanted.monitors = {plainMonitor(QStringLiteral("Front"))};
    makeItBe(wanted);
    const auto before = stored().monitors.first();
    wanted.monitors[0].interval = std::chrono::minutes(7);
    makeItBe(wanted);
    makeItBe({});
    QCOMPARE(value(QStringLiteral("SELECT group_concat(kind || ' ' || name || ' ' || monitor_id, '|') FROM "
                                  "(SELECT * FROM configuration_change ORDER BY id)")),
             QStringLiteral("monitor Front %1|monitor Front %1|monitor Front %1").arg(before.id));
    QCOMPARE(
        value(QStringLiteral("SELECT group_concat((spec_before IS NULL) || (spec_after IS NULL), '|') FROM "
                             "(SELECT * FROM configuration_change ORDER BY id)")),
        QStringLiteral("10|00|01"));
    const auto changed =
        QStringLiteral("SELECT %1 FROM v_audit WHERE before IS NOT NULL AND after IS NOT NULL");
    QVERIFY(!value(changed.arg(QStringLiteral("before"))).toString().contains(QStringLiteral("7m")));
    QVERIFY(value(changed.arg(QStringLiteral("after"))).toString().contains(QStringLiteral("7m")));
    QVERIFY(value(changed.arg(QStringLiteral("note"))).toString().contains(QStringLiteral("7m")));
    const auto who = value(changed.arg(QStringLiteral("who"))).toString();
    QVERIFY2(who.contains(u'@') && who.size() > 2, qPrintable(who));
    const auto at = value(QStringLiteral("SELECT max(changed_at) FROM configuration_change")).toLongLong();
    QVERIFY(qAbs(at - QDateTime::currentMSecsSinceEpoch()) < 60'000);
}

void TestConfigurationStore::writesDownNoSecrets()
{
    auto monitor = plainMonitor(QStringLiteral("Front"));
    HttpCheck check;
    check.url = QUrl(QStringLiteral("https://shop.example/"));
    check.headers = {{"Cookie", "session=hunter2"}};
    check.body = "password=hunter2";
    check.method = HttpMethod::Post;
    monitor.check = check;
    QVERIFY(storeChanges(m_database, {change(std::nullopt, monitor)}));
    const auto before = stored().monitors.first();
    auto after = before;
    check.headers = {{"Cookie", "session=hunter2-again"}};
    after.check = check;
    QVERIFY(storeChanges(m_database, {change(before, after)}));
    QCOMPARE(value(QStringLiteral("SELECT count(*) FROM configuration_change")), 2);
    QCOMPARE(
        value(QStringLiteral("SELECT count(*) FROM configuration_change WHERE spec_before LIKE '%hunter%' OR "
                             "spec_after LIKE '%hunter%' OR summary LIKE '%hunter%'")),
        0);
    // Which header it was, and that it changed, can be read all the same.
    QVERIFY(value(QStringLiteral("SELECT spec_after FROM configuration_change ORDER BY id DESC"))
                .toString()
                .contains(QStringLiteral("Cookie")));
    QVERIFY(value(QStringLiteral("SELECT summary FROM configuration_change ORDER BY id DESC"))
                .toString()
                .contains(QStringLiteral("Cookie")));
}

QTEST_GUILESS_MAIN(TestConfigurationStore)
#include "tst_configurationstore.moc"
