// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/configurationchange.h"
#include "app/config/monitorsfile.h"
#include "tests/app/config/generatedconfiguration.h"

#include <QJsonDocument>
#include <QTest>

using namespace backwatch;

class TestMonitorWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesDefaultsOut();
    void writesReadableYaml();
    void namesServicesThatOnlyMonitorsKnow();
    void readsBackTheSame();
    void tellsEveryDifference();
    void writesValidJson();
};

namespace {

Monitor plainMonitor(const QString &service, const QString &name)
{
    Monitor monitor;
    monitor.service = service;
    monitor.name = name;
    HttpCheck check;
    check.url = QUrl(QStringLiteral("https://shop.example/"));
    monitor.check = check;
    return monitor;
}

} // namespace

void TestMonitorWriter::leavesDefaultsOut()
{
    QCOMPARE(writeMonitorsFile({}), QByteArray("version: 1\n"));
    const Configuration one{{}, {plainMonitor({}, QStringLiteral("Shop"))}};
    QCOMPARE(writeMonitorsFile(one), QByteArray("version: 1\n"
                                                "monitors:\n"
                                                "  - name: Shop\n"
                                                "    http:\n"
                                                "      url: \"https://shop.example/\"\n"));
}

void TestMonitorWriter::writesReadableYaml()
{
    auto front = plainMonitor(QStringLiteral("Shop"), QStringLiteral("Front page"));
    front.layer = Layer::WebServer;
    front.interval = milliseconds(90'000);
    front.dependsOn = {QStringLiteral("404")};
    std::get<HttpCheck>(front.check).expect.status = {{200, 299}, {301, 301}};
    std::get<HttpCheck>(front.check).expect.bodyContains = QStringLiteral("yes");
    const Configuration configuration{
        {{QStringLiteral("Shop"),
          {{QStringLiteral("nginx"), QUrl(QStringLiteral("http://10.0.0.5/status"))}}}},
        {front, plainMonitor(QStringLiteral("Shop"), QStringLiteral("404"))}};
    QCOMPARE(writeMonitorsFile(configuration), QByteArray("version: 1\n"
                                                          "services:\n"
                                                          "  - name: Shop\n"
                                                          "    monitors:\n"
                                                          "      - name: Front page\n"
                                                          "        layer: web-server\n"
                                                          "        interval: \"1m30s\"\n"
                                                          "        http:\n"
                                                          "          url: \"https://shop.example/\"\n"
                                                          "          expect:\n"
                                                          "            status: [\"200-299\", 301]\n"
                                                          "            body:\n"
                                                          "              contains: \"yes\"\n"
                                                          "        dependsOn: [\"404\"]\n"
                                                          "      - name: \"404\"\n"
                                                          "        http:\n"
                                                          "          url: \"https://shop.example/\"\n"
                                                          "    load:\n"
                                                          "      nginx: \"http://10.0.0.5/status\"\n"));
}

void TestMonitorWriter::namesServicesThatOnlyMonitorsKnow()
{
    const Configuration loose{{}, {plainMonitor(QStringLiteral("Shop"), QStringLiteral("A"))}};
    const auto read = readMonitorsFile(writeMonitorsFile(loose), QStringLiteral("m.yaml"));
    QVERIFY(read);
    QVERIFY(read->monitors == loose.monitors);
    QCOMPARE(read->services.size(), 1);
}

void TestMonitorWriter::readsBackTheSame()
{
    QRandomGenerator random(1);
    for (int round = 0; round < 500; ++round) {
        const auto configuration = generatedConfiguration(random);
        for (const auto &text : {writeMonitorsFile(configuration), writeMonitorsFileAsJson(configuration)}) {
            const auto read = readMonitorsFile(text, QStringLiteral("m"));
            QVERIFY2(read, qPrintable((read ? QString() : read.error().sentence) + u'\n' +
                                      QString::fromUtf8(text)));
            for (const auto &change : difference(configuration, *read))
                QFAIL(qPrintable(describe(change) + u'\n' + QString::fromUtf8(text)));
            QVERIFY2(*read == configuration, text.constData());
        }
        QCOMPARE(writeMonitorsFile(configuration), writeMonitorsFile(configuration));
    }
}

/// Whatever differs between two configurations has a line, and the line says it.
void TestMonitorWriter::tellsEveryDifference()
{
    QRandomGenerator random(3);
    for (int round = 0; round < 300; ++round) {
        const auto before = generatedMonitor(random, {}, QStringLiteral("A"));
        auto after = generatedMonitor(random, {}, QStringLiteral("A"));
        for (const auto &change : difference({{}, {before}}, {{}, {after}})) {
            const QString line = describe(change);
            QVERIFY2(line.size() > QStringLiteral("~ A: ").size(), qPrintable(line));
            QVERIFY2(std::all_of(line.cbegin(), line.cend(),
                                 [](QChar c) { return c.isPrint() || c.isSurrogate(); }),
                     qPrintable(line));
        }
    }
}

void TestMonitorWriter::writesValidJson()
{
    QRandomGenerator random(2);
    for (int round = 0; round < 200; ++round) {
        const auto configuration = generatedConfiguration(random);
        const auto text = writeMonitorsFileAsJson(configuration);
        QJsonParseError error;
        const auto json = QJsonDocument::fromJson(text, &error);
        QVERIFY2(json.isObject(),
                 qPrintable(error.errorString() + QString::number(error.offset) + QString::fromUtf8(text)));
    }
}

QTEST_GUILESS_MAIN(TestMonitorWriter)
#include "tst_monitorwriter.moc"
