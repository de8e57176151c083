// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/networkpaths.h"
#include "app/schedule/routetable.h"

#include <QTest>

using namespace backwatch;
using namespace Qt::StringLiterals;

class TestNetworkPaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownAddressesAreLoopback_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("127.0.0.1") << u"127.0.0.1"_s;
        QTest::newRow("127.9.8.7") << u"127.9.8.7"_s;
        QTest::newRow("::1") << u"::1"_s;
    }

    void ownAddressesAreLoopback()
    {
        QFETCH(QString, address);
        const auto path = SystemNetworkPaths().to(address);
        QCOMPARE(path.scope, NetworkScope::Loopback);
        QCOMPARE(path.broken, QString());
    }

    void gatewaysOfIpv4()
    {
        const QByteArray table =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
            "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
            "wlan0\t00000000\t010200C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
            "tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0\n"
            "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
            "eth0\t00000000\tXYZ\t0003\n"
            "\x00\xff rubbish";
        QCOMPARE(gatewaysInRoutes(table), QStringList{u"192.0.2.1"_s});
        QCOMPARE(gatewaysInRoutes({}), QStringList());
    }

    void gatewaysOfIpv6()
    {
        const QByteArray none(32, '0');
        const QByteArray table =
            none + " 00 " + none +
            " 00 fd000000000000000000000000000001 00000400 00000003 00000000 00000003     eth0\n" + none +
            " 00 " + none +
            " 00 fe800000000000000000000000000001 00000400 00000003 00000000 00000003    wlan0\n" + none +
            " 00 " + none + " 00 " + none + " ffffffff 00000001 00000000 00200200       lo\n" +
            "fe800000000000000000000000000000 40 " + none + " 00 " + none +
            " 00000100 00000002 00000000 00000001 eth0\n" + "short line\n";
        QCOMPARE(gatewaysInRoutes6(table), (QStringList{u"fd00::1"_s, u"fe80::1%wlan0"_s}));
    }
};

QTEST_GUILESS_MAIN(TestNetworkPaths)
#include "tst_networkpaths.moc"
