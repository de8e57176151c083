// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/placeholders.h"

#include <QProcess>
#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

Exchange exchangeOf(const QUrl &url)
{
    Exchange exchange;
    exchange.url = url;
    exchange.address = u"192.0.2.7"_s;
    exchange.port = 443;
    return exchange;
}

Incident incidentWith(const QString &xid)
{
    Incident incident;
    incident.openedAt = 1'790'000'000'000; // 2026-09-21 14:13:20 UTC
    incident.httpStatus = 503;
    if (!xid.isNull())
        incident.references = {{u"cf-ray"_s, u"1"_s}, {u"xid"_s, xid}};
    return incident;
}

/// What a real shell hands to a program for this command's only word.
QString throughShell(const QString &command)
{
    QProcess shell;
    shell.start(u"/bin/sh"_s, {u"-c"_s, u"printf %s "_s + command});
    if (!shell.waitForFinished())
        return u"the shell did not finish"_s;
    return QString::fromUtf8(shell.readAllStandardOutput());
}

} // namespace

class PlaceholdersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values();
    void valuesThatAreNotKnown();
    void hostileAddress_data();
    void hostileAddress();
    void hostileReference_data();
    void hostileReference();
    void quotablePlaces_data();
    void quotablePlaces();
};

void PlaceholdersTest::values()
{
    const auto exchange = exchangeOf(QUrl(u"https://user:pw@bücher.example/a%20b?q=1#top"_s));
    const Placeholders values(incidentWith(u"32770"_s), &exchange);
    QCOMPARE(values.fillText(u"{status} {address} {port} {time} {since} {xid}"_s),
             u"503 192.0.2.7 443 2026-09-21 14:13:20 UTC 2026-09-21 14:08:20 UTC 32770"_s);
    QCOMPARE(values.fillText(u"{url}"_s), u"https://xn--bcher-kva.example/a%20b?q=1"_s);
    QCOMPARE(values.fillText(u"{host}{path}"_s), u"xn--bcher-kva.example/a%20b"_s);
    QCOMPARE(values.fillCommand(u"journalctl --since {since}"_s),
             u"journalctl --since '2026-09-21 14:08:20 UTC'"_s);
    QCOMPARE(values.fillCommand(u"varnishlog -q 'vxid == {xid}'"_s), u"varnishlog -q 'vxid == 32770'"_s);
}

void PlaceholdersTest::valuesThatAreNotKnown()
{
    const Placeholders values(incidentWith({}), nullptr);
    QVERIFY(!values.fillCommand(u"curl {url}"_s));
    QVERIFY(!values.fillCommand(u"varnishlog -q 'vxid == {xid}'"_s));
    QVERIFY(values.fillCommand(u"uptime"_s));
    QCOMPARE(values.fillText(u"The name {host} is gone."_s), u"The name … is gone."_s);
}

void PlaceholdersTest::hostileAddress_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("quote") << u"https://a.example/';touch${IFS}/tmp/x;'"_s;
    QTest::newRow("substitution") << u"https://a.example/$(id)`id`"_s;
    QTest::newRow("double quote") << u"https://a.example/\"; id; \""_s;
    QTest::newRow("backslash") << u"https://a.example/\\"_s;
    QTest::newRow("query") << u"https://a.example/?a=1&b=2;id|id>x<y*~#frag"_s;
    QTest::newRow("newline") << u"https://a.example/%0Aid"_s;
}

void PlaceholdersTest::hostileAddress()
{
    QFETCH(QString, url);
    const QUrl parsed(url);
    const auto exchange = exchangeOf(parsed);
    const Placeholders values(incidentWith(u"1"_s), &exchange);
    const QString plain = QString::fromLatin1(parsed.toEncoded(QUrl::RemoveFragment));
    QCOMPARE(throughShell(values.fillCommand(u"{url}"_s).value()), plain);
    QCOMPARE(throughShell(values.fillCommand(u"'x {url} y'"_s).value()), QString(u"x " + plain + u" y"));
    // Varnish reads what stands within double quotes inside the shell's single ones.
    const QString path = values.fillText(u"{path}"_s);
    QVERIFY2(!path.contains(u'"') && !path.contains(u'\\'), qPrintable(path));
}

void PlaceholdersTest::hostileReference_data()
{
    QTest::addColumn<QString>("xid");
    QTest::newRow("command") << u"1; id"_s;
    QTest::newRow("quote") << u"1'"_s;
    QTest::newRow("letters") << u"abc"_s;
    QTest::newRow("too long") << QString(200, u'1');
    QTest::newRow("empty") << u""_s;
    QTest::newRow("trailing line") << u"1\n"_s;
}

void PlaceholdersTest::hostileReference()
{
    QFETCH(QString, xid);
    QVERIFY(!Placeholders(incidentWith(xid), nullptr).fillCommand(u"varnishlog -q 'vxid == {xid}'"_s));
}

void PlaceholdersTest::quotablePlaces_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<bool>("quotable");
    QTest::newRow("bare") << u"curl {url}"_s << true;
    QTest::newRow("single quotes") << u"curl 'x{url}'"_s << true;
    QTest::newRow("double quotes") << u"curl \"x{url}\""_s << false;
    QTest::newRow("after double quotes") << u"awk \"x\" {url}"_s << true;
    QTest::newRow("double within single") << u"ban 'host == \"{host}\"'"_s << true;
    QTest::newRow("single within double") << u"x \"it's {host}\""_s << false;
    QTest::newRow("escaped quote") << u"x \\\"{host}"_s << true;
}

void PlaceholdersTest::quotablePlaces()
{
    QFETCH(QString, command);
    QTEST(placeholdersAreQuotable(command), "quotable");
}

QTEST_GUILESS_MAIN(PlaceholdersTest)
#include "tst_placeholders.moc"
