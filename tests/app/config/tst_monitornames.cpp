// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/monitornames.h"

#include <QTest>

using namespace backwatch;

class TestMonitorNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds();
    void explains();
};

namespace {

Monitor named(const QString &service, const QString &name)
{
    Monitor monitor;
    monitor.service = service;
    monitor.name = name;
    return monitor;
}

const QList<Monitor> kMonitors{
    named(QStringLiteral("S"), QStringLiteral("X")), named(QStringLiteral("T"), QStringLiteral("X")),
    named(QStringLiteral("T"), QStringLiteral("Only")), named({}, QStringLiteral("Alone")),
    named(QStringLiteral("S"), QStringLiteral("Alone"))};

} // namespace

void TestMonitorNames::finds()
{
    const MonitorNames names(kMonitors);
    QCOMPARE(names.find(QStringLiteral("S/X")).value_or(-1), 0);
    QCOMPARE(names.find(QStringLiteral("Only")).value_or(-1), 2);
    QCOMPARE(names.find(QStringLiteral("T/Only")).value_or(-1), 2);
    QCOMPARE(names.find(QStringLiteral("Alone")).value_or(-1), 3);
    QCOMPARE(names.find(QStringLiteral("Alone"), QStringLiteral("S")).value_or(-1), 4);
    QCOMPARE(names.find(QStringLiteral("X"), QStringLiteral("T")).value_or(-1), 1);
}

void TestMonitorNames::explains()
{
    const MonitorNames names(kMonitors);
    const auto several = names.find(QStringLiteral("X"));
    QVERIFY(!several);
    QVERIFY(several.error().kind == Error::Kind::Invalid);
    QVERIFY(several.error().sentence.contains(QStringLiteral("S/X, T/X")));
    const auto none = names.find(QStringLiteral("Aloen"));
    QVERIFY(!none);
    QVERIFY(none.error().kind == Error::Kind::NotFound);
    QVERIFY(none.error().sentence.contains(QStringLiteral("\"Alone\"")));
}

QTEST_GUILESS_MAIN(TestMonitorNames)
#include "tst_monitornames.moc"
