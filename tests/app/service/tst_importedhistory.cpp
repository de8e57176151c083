// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/kumaimport.h"
#include "app/history/historyreader.h"
#include "app/service/importedhistory.h"
#include "app/service/storedconfiguration.h"
#include "tests/app/config/kumafixture.h"

using namespace backwatch;

class TestImportedHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outagesAreTheirs();
    void twiceIsOnce();
    void goesOnWhereItEnded();
    void pausesAreNotWatched();
    void averagesTellThatItWatched();
    void anotherBackwatchIsInTheWay();
};

namespace {

constexpr qint64 kMinute = 60'000;
constexpr qint64 kHour = 60 * kMinute;
constexpr UtcMs kStart = 1'709'294'400'000; // 2024-03-01T12:00:00Z

/// One monitor that is looked at every minute, and a folder that its history goes into.
class Rig
{
public:
    explicit Rig(int version) : kuma(version)
    {
        kuma.sql(QStringLiteral("INSERT INTO monitor (id, name, type, url, interval, maxretries) VALUES "
                                "(7, 'Shop', 'http', 'http://shop.example/', 60, 1)"));
    }

    DataDirectory directory() const { return DataDirectory(m_folder.filePath(QStringLiteral("data"))); }

    Result<ImportedHistory> import()
    {
        const auto database = KumaDatabase::open(kuma.path());
        if (!database)
            return tl::make_unexpected(database.error());
        const auto monitors = monitorsOf(**database);
        if (!monitors)
            return tl::make_unexpected(monitors.error());
        if (const auto stored = makeConfigurationBe(directory(), monitors->configuration, false); !stored)
            return tl::make_unexpected(stored.error());
        return importHistory(directory(), m_clock, **database, monitors->ids);
    }

    std::unique_ptr<HistoryReader> reader() const
    {
        auto reader = HistoryReader::open(directory().database());
        return reader ? *std::move(reader) : nullptr;
    }

    KumaFixture kuma;

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
};

} // namespace

void TestImportedHistory::outagesAreTheirs()
{
    Rig rig(1);
    auto beat = [&rig](int minute, int status, const char *message, const QVariant &ping = {}) {
        rig.kuma.beat(7, kStart + minute * kMinute, status, QLatin1String(message), ping);
    };
    beat(0, 1, "200 - OK", 120);
    beat(1, 2, "Request failed with status code 503"); // not confirmed
    beat(2, 1, "200 - OK", 80);
    beat(3, 2, "connect ECONNREFUSED 192.0.2.1:80");
    beat(4, 0, "connect ECONNREFUSED 192.0.2.1:80");
    beat(5, 0, "Request failed with status code 503");
    beat(6, 1, "200 - OK", 90);
    beat(7, 3, "Monitor under maintenance");
    beat(8, 1, "200 - OK", 90);
    const auto imported = rig.import();
    QVERIFY2(imported, qPrintable(imported ? QString() : imported.error().sentence));
    QCOMPARE(imported->samples, 9);
    QCOMPARE(imported->incidents, 1);

    const auto reader = rig.reader();
    const auto samples = reader->samples(1, kStart, kStart + kHour).value();
    QStringList states;
    for (const auto &sample : samples)
        states += stateId(sample.state).toString();
    QCOMPARE(states.join(u' '), QStringLiteral("up suspect up suspect down down up maintenance up"));
    QCOMPARE(samples.at(0).sample.phases.total, microseconds(120'000));
    QCOMPARE(samples.at(0).sample.httpStatus, 200);
    QCOMPARE(samples.at(1).sample.outcome, Outcome::HttpStatus);
    QCOMPARE(samples.at(1).sample.httpStatus, 503);
    const auto incidents = reader->incidents(1, 0, kStart + kHour).value();
    QCOMPARE(incidents.size(), 1);
    QCOMPARE(incidents.first().openedAt, kStart + 3 * kMinute);
    QCOMPARE(incidents.first().confirmedAt, kStart + 4 * kMinute);
    QCOMPARE(incidents.first().closedAt, std::optional<UtcMs>(kStart + 6 * kMinute));
    QCOMPARE(incidents.first().outcome, Outcome::ConnectRefused);
    const auto intervals = reader->stateIntervals(1, kStart, kStart + 10 * kMinute).value();
    QCOMPARE(intervals.at(1), (StateInterval{State::Down, kStart + 3 * kMinute, kStart + 6 * kMinute}));
    QCOMPARE(intervals.last(),
             (StateInterval{State::NotObserved, kStart + 9 * kMinute, kStart + 10 * kMinute}));
    // Down for 3 of 8 minutes; the one of maintenance does not count.
    QCOMPARE(reader->availability(1, kStart, kStart + kHour).value().value(), 5.0 / 8.0);
}

void TestImportedHistory::twiceIsOnce()
{
    Rig rig(1);
    for (int minute = 0; minute < 50; ++minute)
        rig.kuma.beat(7, kStart + minute * kMinute, minute % 10 == 3 ? 0 : 1, QStringLiteral("200 - OK"), 5);
    QCOMPARE(rig.import().value().samples, 50);
    QCOMPARE(rig.import().value().samples, 0);
    QCOMPARE(rig.reader()->samples(1, 0, kStart + kHour).value().size(), 50);
    QCOMPARE(rig.reader()->incidents(1, 0, kStart + kHour).value().size(), 5);
}

void TestImportedHistory::goesOnWhereItEnded()
{
    Rig rig(1);
    rig.kuma.beat(7, kStart, 1, QStringLiteral("200 - OK"), 5);
    rig.kuma.beat(7, kStart + kMinute, 0, QStringLiteral("timeout of 1ms exceeded"));
    QCOMPARE(rig.import().value().incidents, 1);
    rig.kuma.beat(7, kStart + 2 * kMinute, 0, QStringLiteral("timeout of 1ms exceeded"));
    rig.kuma.beat(7, kStart + 3 * kMinute, 1, QStringLiteral("200 - OK"), 5);
    const auto imported = rig.import().value();
    QCOMPARE(imported.samples, 2);
    QCOMPARE(imported.incidents, 0);
    const auto incidents = rig.reader()->incidents(1, 0, kStart + kHour).value();
    QCOMPARE(incidents.size(), 1);
    QCOMPARE(incidents.first().closedAt, std::optional<UtcMs>(kStart + 3 * kMinute));
}

void TestImportedHistory::pausesAreNotWatched()
{
    Rig rig(1);
    rig.kuma.beat(7, kStart, 1, QStringLiteral("200 - OK"), 5);
    rig.kuma.beat(7, kStart + 2 * kHour, 1, QStringLiteral("200 - OK"), 5);
    QCOMPARE(rig.import().value().samples, 2);
    const auto intervals = rig.reader()->stateIntervals(1, kStart, kStart + 3 * kHour).value();
    QCOMPARE(intervals.first(), (StateInterval{State::Up, kStart, kStart + kMinute}));
    QCOMPARE(intervals.at(1), (StateInterval{State::NotObserved, kStart + kMinute, kStart + 2 * kHour}));
}

/// Version 2 keeps only the beats at which something changed, and an average of each hour.
void TestImportedHistory::averagesTellThatItWatched()
{
    Rig rig(2);
    rig.kuma.beat(7, kStart, 1, QStringLiteral("200 - OK"), 5);
    rig.kuma.beat(7, kStart + 5 * kHour, 0, QStringLiteral("socket hang up"));
    for (const int hour : {0, 1, 3, 4, 5}) // not the third
        rig.kuma.sql(QStringLiteral("INSERT INTO stat_hourly (monitor_id, timestamp, ping, up, down) VALUES "
                                    "(7, %1, 5, 60, 0)")
                         .arg((kStart + hour * kHour) / 1'000));
    QCOMPARE(rig.import().value().samples, 2);
    const auto intervals = rig.reader()->stateIntervals(1, kStart, kStart + 5 * kHour + kMinute).value();
    QCOMPARE(intervals, (QList<StateInterval>{
                            {State::Up, kStart, kStart + 2 * kHour},
                            {State::NotObserved, kStart + 2 * kHour, kStart + 3 * kHour},
                            {State::Up, kStart + 3 * kHour, kStart + 5 * kHour},
                            {State::Down, kStart + 5 * kHour, kStart + 5 * kHour + kMinute},
                        }));
}

void TestImportedHistory::anotherBackwatchIsInTheWay()
{
    Rig rig(1);
    const auto lock = rig.directory().lock();
    QVERIFY(lock);
    const auto imported = rig.import();
    QVERIFY(!imported);
    QVERIFY(imported.error().sentence.endsWith(u'.'));
}

QTEST_GUILESS_MAIN(TestImportedHistory)
#include "tst_importedhistory.moc"
