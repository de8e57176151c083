// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/fingerprints.h"
#include "tests/support/harfile.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <ctime>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

const auto kFolder = QStringLiteral(BACKWATCH_TEST_DATA "/exchanges/");

QJsonObject readObject(const QString &name)
{
    QFile file(kFolder + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return QJsonDocument::fromJson(file.readAll()).object();
}

QStringList words(const QJsonValue &list)
{
    QStringList all;
    const auto array = list.toArray();
    for (const auto &one : array)
        all.append(one.toString());
    return all;
}

QString producerId(const Recognition &recognition)
{
    return recognition.producer.isEmpty() ? u"unknown"_s : recognition.producer;
}

QStringList causeIds(const Recognition &recognition)
{
    QStringList all;
    for (const auto &cause : recognition.causes)
        all.append(causeId(cause.kind).toString());
    return all;
}

/// How many of how many, and the lines of those that are not right.
struct Tally
{
    int all = 0;
    int right = 0;

    void add(bool isRight)
    {
        ++all;
        right += isRight ? 1 : 0;
    }
    double share() const { return all == 0 ? 0 : 100.0 * right / all; }
};

} // namespace

/// Over recorded exchanges of real gateways: who made what was seen.
class RecognitionTest : public QObject
{
    Q_OBJECT

    std::optional<Fingerprints> m_fingerprints;

private Q_SLOTS:
    void initTestCase();
    void truth();
    void causesOfThePageAreAmongThoseThatLookSo();
    void recorded_data();
    void recorded();
    void described_data();
    void described();
    void everyProductIsShown();
    void hostileBody_data();
    void hostileBody();
};

void RecognitionTest::initTestCase()
{
    auto loaded = Fingerprints::load(u":/fingerprints"_s);
    QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().sentence));
    m_fingerprints = *loaded;
}

void RecognitionTest::truth()
{
    const auto truth = readObject(u"truth.json"_s);
    QMap<QString, Tally> tallies;
    Tally total;
    for (auto it = truth.begin(); it != truth.end(); ++it) {
        const auto known = it.value().toObject();
        if (!known[u"failing"].toBool() || !known[u"visible"].toBool())
            continue;
        const auto exchange = readHarFile(kFolder + it.key() + u".har"_s);
        QVERIFY2(exchange, exchange ? "" : qPrintable(exchange.error().sentence));
        const auto acceptable = words(known[u"producer"]);
        const auto recognition = m_fingerprints->recognise(*exchange);
        const bool right = acceptable.contains(producerId(recognition));
        total.add(right);
        tallies[acceptable.first()].add(right);
        if (!right)
            qInfo("  %-34s status %3d: said %-12s, was %s", qPrintable(it.key()), exchange->status,
                  qPrintable(producerId(recognition)), qPrintable(acceptable.join(u'|')));
    }
    for (auto it = tallies.begin(); it != tallies.end(); ++it)
        qInfo("%-14s %3d of %3d", qPrintable(it.key()), it->right, it->all);
    qInfo("producer right: %d of %d, %.1f %%", total.right, total.all, total.share());
    QVERIFY(total.all > 200);
    QVERIFY2(total.share() >= 98, "the producer is right in less than 98 % of the recordings");
}

void RecognitionTest::causesOfThePageAreAmongThoseThatLookSo()
{
    const auto truth = readObject(u"truth.json"_s);
    Tally first;
    for (auto it = truth.begin(); it != truth.end(); ++it) {
        const auto known = it.value().toObject();
        const auto exchange = readHarFile(kFolder + it.key() + u".har"_s);
        QVERIFY(exchange);
        const auto recognition = m_fingerprints->recognise(*exchange);
        if (!known[u"failing"].toBool() || !known[u"visible"].toBool() || recognition.causes.isEmpty())
            continue;
        const auto acceptable = words(known[u"causes"]);
        const auto &best = recognition.causes.first();
        const bool right = acceptable.contains(causeId(best.kind).toString());
        first.add(right);
        if (!right)
            qInfo("  %-34s said %s, was %s", qPrintable(it.key()), qPrintable(causeIds(recognition).first()),
                  qPrintable(acceptable.join(u'|')));
        QVERIFY2(best.confidence != Confidence::High || (right && known[u"distinguishable"].toBool()),
                 qPrintable(it.key() + u" is too sure of "_s + causeIds(recognition).first()));
    }
    qInfo("first cause by the page alone: %d of %d, %.1f %%", first.right, first.all, first.share());
    QVERIFY(first.share() >= 80);
}

void RecognitionTest::recorded_data()
{
    QTest::addColumn<QString>("producer");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("failing");
    const auto recorded = readObject(u"recorded.json"_s);
    for (auto it = recorded.begin(); it != recorded.end(); ++it) {
        const auto known = it.value().toArray();
        QTest::newRow(qPrintable(it.key()))
            << known[0].toString() << known[1].toString() << known[2].toString();
    }
}

void RecognitionTest::recorded()
{
    const auto exchange = readHarFile(kFolder + QString::fromLatin1(QTest::currentDataTag()) + u".har"_s);
    QVERIFY2(exchange, exchange ? "" : qPrintable(exchange.error().sentence));
    const auto recognition = m_fingerprints->recognise(*exchange);
    QTEST(producerId(recognition), "producer");
    QTEST(causeIds(recognition).value(0), "cause");
    QTEST(layerId(recognition.failing.layer).toString(), "failing");
}

void RecognitionTest::described_data()
{
    QTest::addColumn<QJsonObject>("page");
    const auto pages = readObject(u"described.json"_s);
    for (auto it = pages.begin(); it != pages.end(); ++it)
        QTest::newRow(qPrintable(it.key())) << it.value().toObject();
}

/// Answers of services that nobody can have at hand, put down from what their vendors document.
void RecognitionTest::described()
{
    QFETCH(QJsonObject, page);
    Exchange exchange;
    exchange.method = "GET";
    exchange.status = page[u"status"].toInt();
    exchange.reason = page[u"reason"].toString().toUtf8();
    exchange.body = page[u"body"].toString().toUtf8();
    const auto headers = page[u"headers"].toArray();
    for (const auto &header : headers)
        exchange.responseHeaders.append(
            {header.toArray().at(0).toString().toUtf8(), header.toArray().at(1).toString().toUtf8()});
    const auto recognition = m_fingerprints->recognise(exchange);
    QCOMPARE(producerId(recognition), page[u"producer"].toString());
    QCOMPARE(causeIds(recognition).value(0), page[u"cause"].toString());
    if (page.contains(u"path"))
        QCOMPARE(recognition.path, words(page[u"path"]));
    if (page.contains(u"reference"))
        QCOMPARE(recognition.references.value(0).value, page[u"reference"].toString());
}

/// Each product is the producer of some answer above; one that is not would be data that nobody has tried.
void RecognitionTest::everyProductIsShown()
{
    QStringList shown;
    const auto recorded = readObject(u"recorded.json"_s);
    for (const auto &one : recorded)
        shown.append(one.toArray().at(0).toString());
    const auto pages = readObject(u"described.json"_s);
    for (const auto &page : pages)
        shown.append(page.toObject()[u"producer"].toString());
    const auto truth = readObject(u"truth.json"_s);
    for (const auto &one : truth)
        shown += words(one.toObject()[u"producer"]).value(0);
    const auto ids = m_fingerprints->ids();
    for (const auto &id : ids)
        QVERIFY2(shown.contains(id), qPrintable(id + u" has no example"_s));
}

/// Every text that a rule looks for plainly, and the literal beginnings of its expressions.
QStringList temptations()
{
    QStringList all;
    const auto files = QDir(u":/fingerprints"_s).entryInfoList({u"*.json"_s});
    static const QRegularExpression texts(u"\"(?:body|bodyIs|notInBody)\": (\"(?:[^\"\\\\]|\\\\.)*\")"_s);
    for (const auto &info : files) {
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(info.filePath()));
        auto found = texts.globalMatch(QString::fromUtf8(file.readAll()));
        while (found.hasNext())
            all.append(QJsonDocument::fromJson((u'[' + found.next().captured(1) + u']').toUtf8())
                           .array()
                           .at(0)
                           .toString());
    }
    return all;
}

void RecognitionTest::hostileBody_data()
{
    QTest::addColumn<QByteArray>("part");
    QByteArray all;
    const auto texts = temptations();
    QVERIFY(texts.size() > 100);
    for (const auto &text : texts)
        all += text.toUtf8() + ' ';
    QTest::newRow("every text that a rule looks for") << all;
    QTest::newRow("titles") << QByteArray(
        "<title>503 x</title>\n<h1>Error 503 x</h1><h3>Guru Meditation:</h3>");
    QTest::newRow("opening brackets") << QByteArray("<");
    QTest::newRow("spaces") << QByteArray(" ");
    QTest::newRow("blank lines") << QByteArray("\r\n");
    QTest::newRow("on line") << QByteArray("Fatal error:  on line ");
    QTest::newRow("references") << QByteArray("Reference&#32;&#35;6&#46;");
    QTest::newRow("html") << QByteArray("<html><head><title>");
    QTest::newRow("errorcode") << QByteArray(
        "\"errorcode\":\"messaging.adaptors.http.flow.\" TARGET_CONNECT_TIMEOUT");
    QTest::newRow("squid") << QByteArray("<title>ERROR: aaaaa</title>(squid");
}

/// Processor time, since the machine may be busy; the bound is the one of a release build, a debug build and
/// the sanitizers get ten times of it.
void RecognitionTest::hostileBody()
{
    QFETCH(QByteArray, part);
    Exchange exchange;
    exchange.method = "GET";
    exchange.status = 503;
    exchange.responseHeaders = {{"Content-Type", "text/html"}, {"CF-RAY", "1"}, {"X-Varnish", "1"}};
    exchange.body = part.repeated(Exchange::kBodyLimit / part.size() + 1).left(Exchange::kBodyLimit);
    m_fingerprints->recognise(exchange); // the expressions are compiled once
    const auto before = std::clock();
    constexpr int kTimes = 5;
    for (int i = 0; i < kTimes; ++i)
        m_fingerprints->recognise(exchange);
    const double ms = 1000.0 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC / kTimes;
    qInfo("%.1f ms", ms);
#ifdef QT_NO_DEBUG
    QVERIFY(ms < 20);
#else
    QVERIFY(ms < 200);
#endif
}

QTEST_GUILESS_MAIN(RecognitionTest)
#include "tst_recognition.moc"
