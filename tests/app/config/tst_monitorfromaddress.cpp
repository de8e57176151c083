// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/monitorfromaddress.h"
#include "app/config/monitorsfile.h"

#include <QTest>

using namespace backwatch;

class TestMonitorFromAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understands_data();
    void understands();
    void refuses_data();
    void refuses();
};

void TestMonitorFromAddress::understands_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *typed, const char *url, const char *name) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(url) << QString::fromUtf8(name);
    };
    row("shop.example", "https://shop.example/", "shop.example");
    row("  shop.example \n", "https://shop.example/", "shop.example");
    row("SHOP.Example", "https://shop.example/", "shop.example");
    row("HTTPS://shop.example", "https://shop.example/", "shop.example");
    row("https://shop.example/path", "https://shop.example/path", "shop.example path");
    row("shop.example/a/b?c=d#e", "https://shop.example/a/b?c=d", "shop.example a b");
    row("http://shop.example", "http://shop.example/", "shop.example");
    row("//shop.example/", "https://shop.example/", "shop.example");
    row("shop.example:8443", "https://shop.example:8443/", "shop.example:8443");
    row("shop.example:80", "http://shop.example:80/", "shop.example:80");
    row("shop.example:8080", "http://shop.example:8080/", "shop.example:8080");
    row("http://127.0.0.1:8080", "http://127.0.0.1:8080/", "127.0.0.1:8080");
    row("127.0.0.1", "http://127.0.0.1/", "127.0.0.1");
    row("127.0.0.1:443", "https://127.0.0.1:443/", "127.0.0.1:443");
    row("localhost:3000", "http://localhost:3000/", "localhost:3000");
    row("app.localhost", "http://app.localhost/", "app.localhost");
    row("10.1.2.3", "http://10.1.2.3/", "10.1.2.3");
    row("172.31.0.1", "http://172.31.0.1/", "172.31.0.1");
    row("172.32.0.1", "https://172.32.0.1/", "172.32.0.1");
    row("192.168.0.1/admin", "http://192.168.0.1/admin", "192.168.0.1 admin");
    row("https://192.168.0.1", "https://192.168.0.1/", "192.168.0.1");
    row("192.0.2.7", "https://192.0.2.7/", "192.0.2.7");
    row("[::1]:8080", "http://[::1]:8080/", "[::1]:8080");
    row("::1", "http://[::1]/", "[::1]");
    row("fd00::1", "http://[fd00::1]/", "[fd00::1]");
    row("2001:db8::1", "https://[2001:db8::1]/", "[2001:db8::1]");
    row("bücher.example", "https://bücher.example/", "bücher.example");
    row("<https://shop.example/>", "https://shop.example/", "shop.example");
    row("\"shop.example\"", "https://shop.example/", "shop.example");
    row("shop.example.", "https://shop.example/", "shop.example");
    row("https://shop.example/,", "https://shop.example/", "shop.example");
    row("shop.example/%2Fa%0Ab", "https://shop.example/%2Fa%0Ab", "shop.example a b");
}

void TestMonitorFromAddress::understands()
{
    QFETCH(QString, typed);
    QFETCH(QString, url);
    QFETCH(QString, name);
    const auto monitor = monitorFromAddress(typed);
    QVERIFY2(monitor, monitor ? "" : qPrintable(monitor.error().sentence));
    QCOMPARE(std::get<HttpCheck>(monitor->check).url, QUrl(url));
    QCOMPARE(monitor->name, name);
    QCOMPARE(monitor->id, 0);
    // What it makes is always valid.
    const auto again = readMonitorsFile(writeMonitorsFile({{}, {*monitor}}), QStringLiteral("m"));
    QVERIFY2(again, again ? "" : qPrintable(again.error().sentence));
    QVERIFY(again->monitors[0] == *monitor);
}

void TestMonitorFromAddress::refuses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const char *typed, const char *word) {
        QTest::newRow(name) << QString::fromUtf8(typed) << QString::fromUtf8(word);
    };
    row("nothing", "", "shop.example");
    row("blanks", " \t\n", "shop.example");
    row("sentence", "shop.example is down", "shop.example");
    row("ftp", "ftp://shop.example", "ftp");
    row("file", "file:///etc/passwd", "file");
    row("mail", "mailto:me@shop.example", "address");
    row("password", "https://me:pw@shop.example/", "keychain");
    row("user", "me@shop.example", "keychain");
    row("no host", "https://", "host");
    row("path", "/index.html", "host");
    row("port", "shop.example:99999", "address");
    row("port word", "shop.example:http", "address");
    row("brackets", "[::1", "address");
    row("dots", "shop..example", "host");
    row("numbers", "300.300.300.300", "IPv4");
    row("quotation mark", "\"", "address");
}

void TestMonitorFromAddress::refuses()
{
    QFETCH(QString, typed);
    QFETCH(QString, word);
    const auto monitor = monitorFromAddress(typed);
    QVERIFY(!monitor);
    QVERIFY2(monitor.error().sentence.contains(word), qPrintable(monitor.error().sentence));
    QVERIFY(!monitor.error().sentence.contains(QStringLiteral("pw")));
}

QTEST_GUILESS_MAIN(TestMonitorFromAddress)
#include "tst_monitorfromaddress.moc"
