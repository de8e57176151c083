// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/redaction.h"

#include <QTest>

using namespace backwatch;

class TestRedaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removesSecrets_data();
    void removesSecrets();
    void keepsEverythingElse();
    void removesUserInfo();
    void removesEveryRepetition();
};

void TestRedaction::removesSecrets_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *title, const char *name, const char *value, const char *expected) {
        QTest::newRow(title) << QByteArray(name) << QByteArray(value) << QByteArray(expected);
    };
    row("authorization", "Authorization", "Basic c2VjcmV0", "[removed]");
    row("letter case", "aUTHORIZATION", "Bearer secret", "[removed]");
    row("proxy", "Proxy-Authorization", "Basic c2VjcmV0", "[removed]");
    row("cookie", "Cookie", "a=secret; b=secret", "[removed]");
    row("set-cookie", "Set-Cookie", "id=secret; Path=/; HttpOnly", "id=[removed]; Path=/; HttpOnly");
    row("set-cookie alone", "set-cookie", "id=secret", "id=[removed]");
    row("set-cookie with equals signs", "Set-Cookie", "id=se=cr=et; Path=/", "id=[removed]; Path=/");
    row("set-cookie empty value", "Set-Cookie", "id=; Path=/", "id=[removed]; Path=/");
    row("set-cookie without name", "Set-Cookie", "secret", "[removed]");
    row("set-cookie without name, attributes", "Set-Cookie", "secret; Path=/", "[removed]");
    row("empty authorization", "Authorization", "", "[removed]");
    row("other", "X-Request-Id", "32770", "32770");
    row("similar name", "X-Authorization-Kind", "basic", "basic");
}

void TestRedaction::removesSecrets()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, expected);
    Exchange exchange;
    exchange.requestHeaders = {{name, value}};
    exchange.responseHeaders = {{name, value}};
    const auto clean = redacted(exchange);
    QCOMPARE(clean.requestHeaders[0].value, expected);
    QCOMPARE(clean.responseHeaders[0].value, expected);
    QCOMPARE(clean.requestHeaders[0].name, name);
}

void TestRedaction::keepsEverythingElse()
{
    Exchange exchange;
    exchange.url = QUrl(QStringLiteral("https://shop.example/path?q=1"));
    exchange.status = 503;
    exchange.body = "Guru Meditation";
    exchange.requestHeaders = {{"Accept", "*/*"}, {"Cookie", "x"}, {"Host", "shop.example"}};
    const auto clean = redacted(exchange);
    QCOMPARE(clean.url, exchange.url);
    QCOMPARE(clean.status, 503);
    QCOMPARE(clean.body, exchange.body);
    QCOMPARE(clean.requestHeaders.size(), 3);
    QVERIFY(clean.requestHeaders[0] == exchange.requestHeaders[0]);
    QVERIFY(clean.requestHeaders[2] == exchange.requestHeaders[2]);
}

void TestRedaction::removesUserInfo()
{
    Exchange exchange;
    exchange.url = QUrl(QStringLiteral("https://me:secret@shop.example:8443/a"));
    QCOMPARE(redacted(exchange).url, QUrl(QStringLiteral("https://shop.example:8443/a")));
}

void TestRedaction::removesEveryRepetition()
{
    Exchange exchange;
    exchange.responseHeaders = {{"Set-Cookie", "a=secret"}, {"Set-Cookie", "b=secret"}};
    for (const auto &header : redacted(exchange).responseHeaders)
        QVERIFY(!header.value.contains("secret"));
}

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
