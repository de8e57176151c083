// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/fingerprint.h"
#include "app/guide/placeholders.h"
#include "app/guide/playbook.h"
#include "app/guide/playbooks.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Parts that write no pages and so have no fingerprint; the diagnosis knows them by the check that asks
/// them.
const QStringList kSilentParts{u"mysql"_s, u"postgresql"_s, u"redis"_s, u"memcached"_s};

Playbooks load()
{
    const auto playbooks = Playbooks::load(u":/playbooks"_s);
    if (!playbooks)
        qFatal("%s", qPrintable(playbooks.error().sentence));
    return *playbooks;
}

const Playbooks &shipped()
{
    static const Playbooks playbooks = load();
    return playbooks;
}

QList<PlaybookFile> shippedFiles()
{
    QList<PlaybookFile> files;
    const auto infos = QDir(u":/playbooks"_s).entryInfoList({u"*.json"_s});
    for (const auto &info : infos) {
        const auto file = PlaybookFile::read(info.filePath());
        if (!file)
            qFatal("%s", qPrintable(file.error().sentence));
        files.append(*file);
    }
    return files;
}

/// Of every playbook the products that it is for; an empty one for what is not recognised.
QStringList products()
{
    QStringList products{QString()};
    const auto files = shippedFiles();
    for (const auto &file : files)
        products += file.fingerprints;
    return products;
}

/// What the fingerprint of a product can say that its page means; nothing for a part without one.
QStringList meaningsOf(const QString &product)
{
    QStringList meanings;
    const auto fingerprint = Fingerprint::read(u":/fingerprints/%1.json"_s.arg(product));
    if (fingerprint)
        for (const auto &rule : (*fingerprint)->rules)
            meanings.append(rule.meaning);
    return meanings;
}

Incident incidentOf(Outcome outcome, int status)
{
    Incident incident;
    incident.openedAt = 1'790'000'000'000;
    incident.outcome = outcome;
    incident.httpStatus = status;
    incident.references = {{u"xid"_s, u"32770"_s}};
    return incident;
}

Exchange exchangeOf(const QString &url)
{
    Exchange exchange;
    exchange.url = QUrl(url);
    exchange.address = u"192.0.2.7"_s;
    return exchange;
}

QString risksOf(const GuideStep &step)
{
    QString risks;
    for (const auto &command : step.commands)
        risks += QString::number(static_cast<int>(command.risk));
    return risks;
}

} // namespace

class ShippedPlaybooksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commonProductsHaveOne();
    void eachProductIsKnownAndHasOnlyOne();
    void conditionsAskForMeaningsThatExist();
    void lastVerdictAndOrderAlwaysHold();
    void textsAreSentences();
    void everyGuideIsWhole_data();
    void everyGuideIsWhole();
    void commandsAreShell();
    void changesAreNotCalledReadOnly();
};

void ShippedPlaybooksTest::commonProductsHaveOne()
{
    const auto known = products();
    for (const auto &product : {u"varnish"_s,
                                u"nginx"_s,
                                u"apache"_s,
                                u"haproxy"_s,
                                u"php-fpm"_s,
                                u"php"_s,
                                u"wordpress"_s,
                                u"mysql"_s,
                                u"postgresql"_s,
                                u"redis"_s,
                                u"memcached"_s,
                                u"cloudflare"_s,
                                u"gunicorn"_s,
                                u"uvicorn"_s,
                                u"uwsgi"_s,
                                u"puma"_s,
                                u"passenger"_s,
                                u"node"_s,
                                u"tomcat"_s,
                                u"jetty"_s,
                                u"envoy"_s,
                                u"traefik"_s,
                                u"caddy"_s,
                                u"fastly"_s,
                                u"cloudfront"_s,
                                u"akamai"_s,
                                u"aws-alb"_s,
                                u"iis"_s,
                                u"litespeed"_s,
                                u"laravel"_s,
                                u"symfony"_s,
                                u"django"_s,
                                u"drupal"_s,
                                u"joomla"_s,
                                u"magento"_s,
                                u"discourse"_s,
                                u"gitlab"_s,
                                u"cakephp"_s,
                                u"codeigniter"_s,
                                u"apigee"_s,
                                u"aws-api-gateway"_s,
                                u"f5"_s,
                                u"fly"_s,
                                u"h2o"_s,
                                u"imperva"_s,
                                u"netlify"_s,
                                u"nghttpx"_s,
                                u"render"_s,
                                u"sucuri"_s,
                                u"trafficserver"_s,
                                u"vercel"_s})
        QVERIFY2(known.contains(product), qPrintable(product));
}

void ShippedPlaybooksTest::eachProductIsKnownAndHasOnlyOne()
{
    auto seen = products();
    QCOMPARE(seen.removeDuplicates(), 0);
    seen.removeAll(QString());
    for (const auto &product : seen)
        QVERIFY2(QFile::exists(u":/fingerprints/%1.json"_s.arg(product)) != kSilentParts.contains(product),
                 qPrintable(product));
}

void ShippedPlaybooksTest::conditionsAskForMeaningsThatExist()
{
    const auto files = shippedFiles();
    for (const auto &file : files) {
        QStringList asked;
        for (const auto &verdict : file.verdicts)
            asked += verdict.when.meanings;
        for (const auto &order : file.orders)
            asked += order.when.meanings;
        QStringList known;
        for (const auto &product : file.fingerprints)
            known += meaningsOf(product);
        for (const auto &meaning : asked)
            QVERIFY2(known.contains(meaning), qPrintable(file.id + u": "_s + meaning));
    }
}

void ShippedPlaybooksTest::lastVerdictAndOrderAlwaysHold()
{
    const auto files = shippedFiles();
    for (const auto &file : files) {
        // A part that writes no pages is never the one that answered, so it needs neither.
        if (!file.fingerprints.isEmpty() && kSilentParts.contains(file.fingerprints.first()))
            continue;
        QVERIFY2(!file.verdicts.isEmpty() && file.verdicts.last().when.isAlways(), qPrintable(file.id));
        QVERIFY2(!file.orders.isEmpty() && file.orders.last().when.isAlways(), qPrintable(file.id));
        for (qsizetype i = 0; i + 1 < file.verdicts.size(); ++i)
            QVERIFY2(!file.verdicts[i].when.isAlways(), qPrintable(file.id));
    }
}

void ShippedPlaybooksTest::textsAreSentences()
{
    static const QRegularExpression sentence(u"\\A[^\\s](?:.*[^\\s])?[.)?]\\z"_s);
    const auto isSentence = [](const QString &text) { return sentence.match(text).hasMatch(); };
    const auto files = shippedFiles();
    for (const auto &file : files) {
        for (const auto &step : file.steps) {
            QVERIFY2(step.why.isEmpty() || isSentence(step.why), qPrintable(step.why));
            QVERIFY2(!step.title.endsWith(u'.'), qPrintable(step.title));
            for (const auto &line : step.reading)
                QVERIFY2(isSentence(line), qPrintable(line));
            for (const auto &command : step.commands)
                QVERIFY2(isSentence(command.purpose) || command.purpose.contains(u": varnishadm"),
                         qPrintable(command.purpose));
        }
    }
}

void ShippedPlaybooksTest::everyGuideIsWhole_data()
{
    QTest::addColumn<QString>("product");
    const auto all = products();
    for (const auto &product : all)
        QTest::addRow("'%s'", qPrintable(product)) << product;
}

void ShippedPlaybooksTest::everyGuideIsWhole()
{
    QFETCH(QString, product);
    Recognition recognition;
    recognition.producer = product;
    const Exchange exchange = exchangeOf(u"https://shop.example/cart"_s);
    auto all = PlaybookFile::stepIds();
    all.sort();
    for (int outcome = 0; outcome < kOutcomeCount; ++outcome) {
        for (const auto *evidence : {static_cast<const Exchange *>(nullptr), &exchange}) {
            const auto guide =
                shipped().guideFor(incidentOf(static_cast<Outcome>(outcome), 503), recognition, evidence);
            QVERIFY(!guide.verdict.isEmpty());
            QStringList ids;
            for (const auto &step : guide.steps) {
                ids.append(step.id);
                QVERIFY(!step.title.isEmpty() && !step.why.isEmpty() && !step.reading.isEmpty());
                QVERIFY2(!step.commands.isEmpty() || !evidence, qPrintable(step.id));
                const QString risks = risksOf(step);
                QVERIFY2(!risks.startsWith(u'2'), qPrintable(step.id));
                QVERIFY2(std::is_sorted(risks.begin(), risks.end()), qPrintable(risks));
                for (const auto &command : step.commands)
                    for (const auto &name : Placeholders::names())
                        QVERIFY2(!command.command.contains(u'{' + name + u'}'), qPrintable(command.command));
            }
            ids.sort();
            QCOMPARE(ids, all);
        }
    }
}

void ShippedPlaybooksTest::commandsAreShell()
{
    const Exchange exchange = exchangeOf(u"https://shop.example/it's?a=1&b=2"_s);
    QStringList commands;
    const auto all = products();
    for (const auto &product : all) {
        Recognition recognition;
        recognition.producer = product;
        const auto guide = shipped().guideFor(incidentOf(Outcome::HttpStatus, 503), recognition, &exchange);
        for (const auto &step : guide.steps)
            for (const auto &command : step.commands)
                commands.append(command.command);
    }
    commands.removeDuplicates();
    QVERIFY(commands.size() > 300);
    for (const auto &command : commands) {
        QProcess shell; // -n reads and runs nothing
        shell.start(u"/bin/sh"_s, {u"-n"_s, u"-c"_s, command});
        QVERIFY(shell.waitForFinished());
        QVERIFY2(shell.exitCode() == 0, qPrintable(command));
    }
}

void ShippedPlaybooksTest::changesAreNotCalledReadOnly()
{
    static const QRegularExpression change(
        u"\\b(systemctl (?:start|stop|reload|restart)|pm2 (?:reload|restart)|docker (?:start|restart)|"
        "config set|SET GLOBAL|KILL ID|pg_(?:cancel|terminate)_backend|maintenance:disable|cache:clear|"
        "plugin deactivate|apachectl graceful|rollout restart|iisreset|unban)\\b|\\A(?:mv|rm|touch|kill)\\b"_s);
    const auto files = shippedFiles();
    int found = 0;
    for (const auto &file : files) {
        for (const auto &step : file.steps) {
            for (const auto &command : step.commands) {
                if (!change.match(command.command).hasMatch())
                    continue;
                ++found;
                QVERIFY2(command.risk != Risk::ReadOnly, qPrintable(command.command));
                QVERIFY2(!command.command.contains(u"systemctl restart") || command.risk == Risk::Disruptive,
                         qPrintable(command.command));
            }
        }
    }
    QVERIFY(found > 30);
}

QTEST_GUILESS_MAIN(ShippedPlaybooksTest)
#include "tst_shippedplaybooks.moc"
