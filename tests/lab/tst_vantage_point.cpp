// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labdatabases.h"
#include "tests/lab/support/labvantage.h"
#include "tests/lab/support/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace backwatch;

namespace {

// %1 what stands under network. Without a service none of them is asked about another.
const QString kBegin = QStringLiteral("version: 1\nnetwork: {%1}\nmonitors:\n");
const QString kMonitor = QStringLiteral("  - {name: %1, layer: balancer, http: {url: '%2'}}\n");

/// One diagnosis, as far as this is about it.
struct Seen
{
    QStringList causes; ///< in their order
    QString part;       ///< failing
    QStringList against;
    QString question; ///< to the vantage point; empty when none was put
    QString answer;
    QString consequence;
};

QStringList texts(const QJsonArray &array, const QString &key)
{
    QStringList found;
    for (const auto &value : array)
        found += value[key].toString();
    return found;
}

Seen seenIn(const QString &json)
{
    Seen seen;
    const QJsonObject diagnosis = QJsonDocument::fromJson(json.toUtf8()).object();
    const QJsonArray causes = diagnosis[u"causes"].toArray();
    seen.causes = texts(causes, QStringLiteral("id"));
    for (const auto &cause : causes)
        for (const auto &fact : cause[u"against"].toArray())
            seen.against += cause[u"id"].toString() + u": " + fact.toString();
    seen.part = diagnosis[u"failing"][u"layer"].toString();
    for (const auto &value : diagnosis[u"questions"].toArray()) {
        if (value[u"id"].toString() != u"second-vantage")
            continue;
        seen.question = value[u"question"].toString();
        seen.answer = value[u"answer"].toString();
        seen.consequence = value[u"consequence"].toString();
    }
    return seen;
}

} // namespace

/// A real blackbox_exporter is asked whether it sees a failure too.
class VantagePointTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void turnedAwayHere();
    void slowThere();
    void refusedHere();
    void partlyBroken_data();
    void partlyBroken();
    void closedToEverybody();
    void goneForEverybody();
    void exporterIsNoWitness_data();
    void exporterIsNoWitness();
    void exporterHangs();
    void exporterIsGone();
    void reportSaysIt();
    void incidentIsAskedAbout();

private:
    /// As an admin would: one monitors file, with the vantage point where there is one.
    void apply(const QString &point);
    Seen see(const QString &monitor, const QString &point);
    /// The same without a vantage point.
    Seen alone(const QString &monitor) const { return m_alone.value(monitor); }

    LabVantage m_site;
    Program m_program;
    QHash<QString, QString> m_urls; ///< by monitor
    QHash<QString, Seen> m_alone;
};

void VantagePointTest::initTestCase()
{
    const QString missing = LabVantage::missing();
    if (!missing.isEmpty())
        QSKIP(qPrintable(QStringLiteral("%1 is not installed").arg(missing)));
    QVERIFY2(m_site.start(), qPrintable(m_site.problem()));
    for (const char *page : {"banned", "slow", "late", "apart", "closed"})
        m_urls.insert(QString::fromLatin1(page), m_site.url(QString::fromLatin1(page)));
    m_urls.insert(QStringLiteral("elsewhere"), m_site.urlElsewhere());
    m_urls.insert(QStringLiteral("dead"), m_site.deadUrl());
    apply({});
    QList<QStringList> commands;
    for (auto url = m_urls.cbegin(); url != m_urls.cend(); ++url)
        commands += {QStringLiteral("diagnose"), url.key(), QStringLiteral("--json")};
    const auto runs = m_program.runTogether(commands);
    for (qsizetype i = 0; i < runs.size(); ++i) {
        QVERIFY2(runs[i].exitCode == 0, qPrintable(runs[i].output + runs[i].error));
        const Seen seen = seenIn(runs[i].output);
        QVERIFY(seen.question.isEmpty());
        QVERIFY(seen.part != u"client" && !seen.causes.isEmpty());
        m_alone.insert(commands[i][1], seen);
    }
}

void VantagePointTest::apply(const QString &point)
{
    QString file =
        kBegin.arg(point.isEmpty() ? QString() : QStringLiteral("vantagePoints: ['%1']").arg(point));
    for (auto url = m_urls.cbegin(); url != m_urls.cend(); ++url)
        file += kMonitor.arg(url.key(), url.value());
    const Finished applied =
        m_program.run({QStringLiteral("apply"), m_program.write(QStringLiteral("shop.yaml"), file.toUtf8())});
    QVERIFY2(applied.exitCode == 0, qPrintable(applied.error));
}

Seen VantagePointTest::see(const QString &monitor, const QString &point)
{
    apply(point);
    const Finished run = m_program.run({QStringLiteral("diagnose"), monitor, QStringLiteral("--json")});
    const Seen seen = seenIn(run.output);
    qInfo("%s; %s: %s; %s %s", qPrintable(alone(monitor).causes.join(u' ')), qPrintable(seen.part),
          qPrintable(seen.causes.join(u' ')), qPrintable(seen.answer), qPrintable(seen.consequence));
    return seen;
}

void VantagePointTest::turnedAwayHere()
{
    QVERIFY(alone(QStringLiteral("banned")).causes.first() != u"rate-limited");
    const Seen both = see(QStringLiteral("banned"), m_site.probe());
    QCOMPARE(both.question, QStringLiteral("Does 127.0.0.1 see the same from where it stands?"));
    QVERIFY2(both.answer.startsWith(QStringLiteral("It sees a good answer, after")), qPrintable(both.answer));
    QVERIFY2(both.consequence.endsWith(QStringLiteral("Rule: good from elsewhere.")),
             qPrintable(both.consequence));
    QCOMPARE(both.causes.first(), QStringLiteral("rate-limited"));
    QCOMPARE(both.part, QStringLiteral("client"));
}

/// What takes its time is answered all the same.
void VantagePointTest::slowThere()
{
    const Seen both = see(QStringLiteral("slow"), m_site.probe());
    QVERIFY2(both.answer.startsWith(QStringLiteral("It sees a good answer, after")) &&
                 both.answer.endsWith(QStringLiteral(" s")), // not ms
             qPrintable(both.answer));
    QCOMPARE(both.part, QStringLiteral("client"));
}

void VantagePointTest::refusedHere()
{
    QCOMPARE(alone(QStringLiteral("elsewhere")).causes.first(), QStringLiteral("upstream-refused"));
    const Seen both = see(QStringLiteral("elsewhere"), m_site.probe());
    QVERIFY2(both.answer.startsWith(QStringLiteral("It sees a good answer")), qPrintable(both.answer));
    QCOMPARE(both.causes.first(), QStringLiteral("upstream-unreachable"));
    QCOMPARE(both.part, QStringLiteral("client"));
}

void VantagePointTest::partlyBroken_data()
{
    QTest::addColumn<QString>("monitor");
    QTest::newRow("502") << QStringLiteral("apart");
    QTest::newRow("503 after some attempts") << QStringLiteral("late");
}

/// A gateway that got nothing from its server turns nobody away.
void VantagePointTest::partlyBroken()
{
    QFETCH(const QString, monitor);
    const Seen both = see(monitor, m_site.probe());
    QVERIFY2(both.answer.startsWith(QStringLiteral("It sees a good answer")), qPrintable(both.answer));
    QVERIFY2(both.consequence.startsWith(QStringLiteral("Not every visitor is hit")),
             qPrintable(both.consequence));
    QCOMPARE(both.causes.first(), QStringLiteral("upstream-refused"));
    QCOMPARE(both.part, alone(monitor).part);
}

void VantagePointTest::closedToEverybody()
{
    const Seen without = alone(QStringLiteral("closed"));
    const Seen both = see(QStringLiteral("closed"), m_site.probe());
    QVERIFY2(both.answer.startsWith(QStringLiteral("It sees a failure, with status 503")),
             qPrintable(both.answer));
    QVERIFY2(both.consequence.endsWith(QStringLiteral("Rule: bad alike from two places is the target's.")),
             qPrintable(both.consequence));
    QCOMPARE(both.causes.first(), without.causes.first());
    QCOMPARE(both.part, without.part);
    QVERIFY(without.causes.contains(QStringLiteral("rate-limited")));
    QCOMPARE(both.causes.last(), QStringLiteral("rate-limited"));
    QVERIFY2(both.against.contains(QStringLiteral("rate-limited: 127.0.0.1 sees the failure too.")),
             qPrintable(both.against.join(u'\n')));
}

void VantagePointTest::goneForEverybody()
{
    const Seen both = see(QStringLiteral("dead"), m_site.probe(QStringLiteral("?module=direct")));
    QVERIFY2(both.answer.startsWith(QStringLiteral("It gets no answer, after")), qPrintable(both.answer));
    QVERIFY2(both.consequence.startsWith(QStringLiteral("It is not the way from here")),
             qPrintable(both.consequence));
    QCOMPARE(both.causes, alone(QStringLiteral("dead")).causes);
    QCOMPARE(both.part, alone(QStringLiteral("dead")).part);
}

void VantagePointTest::exporterIsNoWitness_data()
{
    QTest::addColumn<QString>("point");
    QTest::addColumn<QString>("answer");
    const QString none = QStringLiteral("That is no answer of a blackbox_exporter");
    QTest::newRow("module that it does not know")
        << m_site.probe(QStringLiteral("?module=http"))
        << QStringLiteral("The exporter itself fails: 400 Bad Request: Unknown module \"http\"");
    QTest::newRow("a web page") << m_site.noExporter(QStringLiteral("html")) << none;
    QTest::newRow("nothing") << m_site.noExporter(QStringLiteral("empty")) << none;
    QTest::newRow("a web server that fails")
        << m_site.noExporter(QStringLiteral("error"))
        << QStringLiteral("The exporter itself fails: 500 Internal Server Error");
}

/// Whatever stands at its address, nothing follows from it for the target.
void VantagePointTest::exporterIsNoWitness()
{
    QFETCH(const QString, point);
    QFETCH(const QString, answer);
    const Seen both = see(QStringLiteral("banned"), point);
    QVERIFY2(both.answer.startsWith(answer), qPrintable(both.answer));
    QCOMPARE(both.consequence, QStringLiteral("None: what it sees is not known."));
    QCOMPARE(both.causes, alone(QStringLiteral("banned")).causes);
    QCOMPARE(both.part, alone(QStringLiteral("banned")).part);
}

void VantagePointTest::exporterHangs()
{
    const Frozen frozen(m_site.exporter());
    const Seen both = see(QStringLiteral("banned"), m_site.probe());
    QVERIFY2(both.answer.startsWith(QStringLiteral("The exporter itself fails: ")), qPrintable(both.answer));
    QCOMPARE(both.consequence, QStringLiteral("None: what it sees is not known."));
    QCOMPARE(both.causes, alone(QStringLiteral("banned")).causes);
    QCOMPARE(both.part, alone(QStringLiteral("banned")).part);
}

void VantagePointTest::exporterIsGone()
{
    m_site.exporter().stop();
    const Seen both = see(QStringLiteral("banned"), m_site.probe());
    QVERIFY2(both.answer.startsWith(QStringLiteral("The exporter itself fails: ")), qPrintable(both.answer));
    QCOMPARE(both.causes, alone(QStringLiteral("banned")).causes);
    QCOMPARE(both.part, alone(QStringLiteral("banned")).part);
    QVERIFY2(m_site.startExporter(), qPrintable(m_site.problem()));
}

/// Without --json, for people.
void VantagePointTest::reportSaysIt()
{
    apply(m_site.probe());
    const Finished run = m_program.run({QStringLiteral("diagnose"), QStringLiteral("banned")});
    QCOMPARE(run.exitCode, 0);
    for (const auto &part : {QStringLiteral("Does 127.0.0.1 see the same from where it stands?"),
                             QStringLiteral("It sees a good answer, after"),
                             QStringLiteral("This machine's address is turned away")})
        QVERIFY2(run.output.contains(part), qPrintable(run.output));
}

/// The program that watches asks by itself, and keeps what follows.
void VantagePointTest::incidentIsAskedAbout()
{
    if (LabProcess::find(QStringLiteral("sqlite3")).isEmpty())
        QSKIP("sqlite3 is not installed (packaging/quickstart deps installs it)");
    const QString file =
        QStringLiteral("version: 1\ndefaults: {interval: 1s, timeout: 2s, retries: 0}\n"
                       "network: {vantagePoints: ['%1'], usualWitnesses: false}\nmonitors:\n")
            .arg(m_site.probe()) +
        kMonitor.arg(QStringLiteral("banned"), m_urls.value(QStringLiteral("banned")));
    const Finished applied =
        m_program.run({QStringLiteral("apply"), m_program.write(QStringLiteral("shop.yaml"), file.toUtf8())});
    QVERIFY2(applied.exitCode == 0, qPrintable(applied.error));
    LabProcess watching;
    QVERIFY2(m_program.watch(&watching), qPrintable(watching.problem()));
    QVERIFY2(m_program.waitForSql(
                 QStringLiteral(
                     "SELECT count(*) > 0 FROM diagnosis WHERE CAST(document AS TEXT) LIKE "
                     "'%It sees a good answer%' AND CAST(document AS TEXT) LIKE '%\"layer\":\"client\"%'"),
                 {QStringLiteral("1")}),
             watching.output().constData());
    QVERIFY(watching.stop());
}

QTEST_GUILESS_MAIN(VantagePointTest)
#include "tst_vantage_point.moc"
