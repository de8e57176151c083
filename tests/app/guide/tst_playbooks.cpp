// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/playbook.h"
#include "app/guide/playbooks.h"
#include "tests/support/harfile.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

#include <algorithm>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

class UpperCaseTranslator final : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *text, const char *, int) const override
    {
        const bool ours = qstrcmp(context, "Playbook") == 0;
        return ours ? QString::fromUtf8(text).toUpper().replace(u"{STATUS}"_s, u"{status}"_s) : QString();
    }
};

Incident incidentOf(Outcome outcome, int status = 0)
{
    Incident incident;
    incident.openedAt = 1'790'000'000'000;
    incident.outcome = outcome;
    incident.httpStatus = status;
    return incident;
}

} // namespace

class PlaybooksTest : public QObject
{
    Q_OBJECT

private:
    Playbooks shipped() const
    {
        const auto playbooks = Playbooks::load(u":/playbooks"_s);
        if (!playbooks)
            qFatal("%s", qPrintable(playbooks.error().sentence));
        return *playbooks;
    }

private Q_SLOTS:
    void recordedIncident_data();
    void recordedIncident();
    void failingPartLeads_data();
    void failingPartLeads();
    void firstSteps_data();
    void firstSteps();
    void unrecognisedSaysSo();
    void producerWithoutPlaybook();
    void textsAreTranslated();
    void rejectedData_data();
    void rejectedData();
};

void PlaybooksTest::recordedIncident_data()
{
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("firstSteps");
    QTest::addColumn<QString>("firstCommand");
    const auto row = [](const char *file, const QString &verdict, const QString &steps,
                        const QString &command) { QTest::newRow(file) << verdict << steps << command; };
    row("varnish-refused", u"Varnish produced this page; it could not fetch"_s,
        u"server-logs backend-services"_s, u"varnishlog -d -g request -q 'vxid == 4'"_s);
    row("varnish-synth-503", u"Varnish produced this page itself"_s, u"server-configuration server-logs"_s,
        u"varnishadm vcl.list"_s);
    row("nginx-refused", u"nginx produced this page; it got no valid answer"_s,
        u"server-logs backend-services"_s, u"tail -n 100 /var/log/nginx/error.log"_s);
    row("nginx-limit-conn-503", u"nginx produced this page by a rule of its own"_s,
        u"server-configuration server-logs"_s, u"nginx -t"_s);
    row("apache-refused", u"Apache produced this page; it could not hand"_s,
        u"server-logs backend-services"_s, u"tail -n 100 /var/log/apache2/error.log"_s);
    row("apache-dns-nxdomain", u"Apache produced this page; it cannot resolve"_s,
        u"server-configuration server-logs"_s, u"apachectl configtest"_s);
    row("haproxy-refused", u"HAProxy produced this page; it had no server"_s,
        u"server-logs backend-services"_s, u"grep -E ' 5[0-9]{2} [0-9]+ ' /var/log/haproxy.log"_s);
    row("nginx-wp-db-refused", u"WordPress produced this page; it cannot use its database."_s,
        u"backend-services server-logs"_s, u"grep -nE 'DB_(NAME|USER|HOST)'"_s);
    row("nginx-wp-maintenance-file", u"WordPress produced this page; it is in maintenance mode."_s,
        u"application-code server-configuration"_s,
        u"ls -la --time-style=full-iso /var/www/html/.maintenance"_s);
    row("nginx-php-script-unknown", u"PHP-FPM produced this page; the script"_s,
        u"server-configuration server-logs"_s, u"php-fpm8.2 -t"_s);
    row("uvicorn-limit", u"The Python application server produced this page; it has more requests"_s,
        u"server-load server-logs"_s, u"ps -eo pid"_s);
    row("caddy-none", u"Caddy produced this page (503, empty); it had no service"_s,
        u"server-logs backend-services"_s, u"journalctl -u caddy"_s);
    row("tomcat-503", u"The Java application server produced this page (503)"_s,
        u"server-logs application-code"_s, u"ls -lt /var/log/tomcat"_s);
    row("nginx-app_503_retry_after", u"The application produced this page."_s,
        u"server-logs backend-services"_s, u"journalctl --since"_s);
}

void PlaybooksTest::recordedIncident()
{
    QFETCH(QString, verdict);
    QFETCH(QString, firstCommand);
    const auto fingerprints = Fingerprints::load(u":/fingerprints"_s);
    QVERIFY(fingerprints);
    const auto exchange = readHarFile(QStringLiteral(BACKWATCH_TEST_DATA "/exchanges/%1.har")
                                          .arg(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY(exchange);
    const auto recognition = fingerprints->recognise(*exchange);
    auto incident = incidentOf(exchange->outcome, exchange->status);
    incident.references = recognition.references;
    const auto guide = shipped().guideFor(incident, recognition, &*exchange);
    QVERIFY2(guide.verdict.startsWith(verdict), qPrintable(guide.verdict));
    QTEST(QString(guide.steps[0].id + u' ' + guide.steps[1].id), "firstSteps");
    QVERIFY2(guide.steps[0].commands.first().command.startsWith(firstCommand),
             qPrintable(guide.steps[0].commands.first().command));
}

void PlaybooksTest::failingPartLeads_data()
{
    QTest::addColumn<QString>("part");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("first");
    const auto row = [](const char *part, const QString &title, const QString &first) {
        QTest::newRow(part) << QString::fromLatin1(part) << title << first;
    };
    row("mysql", u"Check MySQL or MariaDB"_s, u"systemctl status mariadb"_s);
    row("postgresql", u"Check PostgreSQL"_s, u"pg_isready"_s);
    row("redis", u"Check Redis"_s, u"systemctl status redis-server"_s);
    row("memcached", u"Check Memcached"_s, u"systemctl status memcached"_s);
    row("php-fpm", u"Check PHP-FPM and what it needs"_s, u"systemctl status 'php*-fpm'"_s);
    row("haproxy", u"Check the servers behind HAProxy"_s, u"echo 'show stat'"_s);
    row("", u"Check the servers behind HAProxy"_s, u"echo 'show stat'"_s);
}

void PlaybooksTest::failingPartLeads()
{
    QFETCH(QString, part);
    QFETCH(QString, title);
    QFETCH(QString, first);
    Diagnosis diagnosis;
    diagnosis.recognition.producer = u"haproxy"_s;
    diagnosis.failing = {Layer::Runtime, part};
    diagnosis.causes = {Cause{}};
    const auto guide = shipped().guideFor(incidentOf(Outcome::HttpStatus, 503), diagnosis);
    const auto step = std::find_if(guide.steps.begin(), guide.steps.end(),
                                   [](const GuideStep &one) { return one.id == u"backend-services"; });
    QVERIFY(step != guide.steps.end());
    QCOMPARE(step->title, title);
    const auto &commands = step->commands;
    QVERIFY2(commands.first().command.startsWith(first), qPrintable(commands.first().command));
    QVERIFY(!part.isEmpty() || step->why.startsWith(u"Whether the servers run"));
    // What made the page is still asked, and what is harmless still stands first.
    QVERIFY(std::any_of(commands.begin(), commands.end(), [](const GuideCommand &one) {
        return one.command.contains(u"show stat") && one.command.contains(u"haproxy");
    }));
    QVERIFY(std::is_sorted(commands.begin(), commands.end(),
                           [](const auto &a, const auto &b) { return a.risk < b.risk; }));
}

void PlaybooksTest::firstSteps_data()
{
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("first");
    QTest::newRow("dns") << Outcome::DnsNotFound << u"server-configuration"_s;
    QTest::newRow("refused") << Outcome::ConnectRefused << u"backend-services"_s;
    QTest::newRow("connect time-out") << Outcome::ConnectTimeout << u"server-load"_s;
    QTest::newRow("first byte") << Outcome::FirstByteTimeout << u"server-load"_s;
    QTest::newRow("certificate") << Outcome::TlsExpired << u"server-configuration"_s;
    QTest::newRow("body") << Outcome::BodyMismatch << u"application-code"_s;
}

void PlaybooksTest::firstSteps()
{
    QFETCH(Outcome, outcome);
    QTEST(shipped().guideFor(incidentOf(outcome), Recognition{}).steps.first().id, "first");
}

void PlaybooksTest::unrecognisedSaysSo()
{
    Recognition recognition;
    recognition.path = {u"varnish"_s};
    const auto guide = shipped().guideFor(incidentOf(Outcome::HttpStatus, 503), recognition);
    QVERIFY2(guide.verdict.startsWith(u"It is not recognised what produced this page."),
             qPrintable(guide.verdict));
    QVERIFY(!guide.verdict.contains(u"Varnish"));
}

void PlaybooksTest::producerWithoutPlaybook()
{
    Recognition recognition;
    recognition.producer = u"newcomer"_s;
    recognition.name = u"Newcomer"_s;
    const auto guide = shipped().guideFor(incidentOf(Outcome::HttpStatus, 503), recognition);
    QVERIFY2(guide.verdict.startsWith(u"Newcomer produced this page."), qPrintable(guide.verdict));
    QCOMPARE(guide.steps.size(), 7);
}

void PlaybooksTest::textsAreTranslated()
{
    UpperCaseTranslator translator;
    QCoreApplication::installTranslator(&translator);
    const auto guide = shipped().guideFor(incidentOf(Outcome::HttpStatus, 418), Recognition{});
    QCoreApplication::removeTranslator(&translator);
    QCOMPARE(guide.verdict, u"IT IS NOT RECOGNISED WHAT PRODUCED THIS PAGE. THE STATUS WAS 418."_s);
    const auto &step = guide.steps.first();
    for (const auto &text : {step.title, step.why, step.commands.first().purpose, step.reading.first()})
        QCOMPARE(text, text.toUpper());
    QVERIFY(step.commands.first().command.startsWith(u"journalctl"));
}

void PlaybooksTest::rejectedData_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const QByteArray &json, const char *named) {
        QTest::newRow(name) << json << QString::fromLatin1(named);
    };
    const auto step = [](const QByteArray &commands) -> QByteArray {
        return R"({"id": "probe", "steps": [{"id": "server-logs", "commands": [)" + commands + "]}]}";
    };
    row("no id", "{}", "\"id\"");
    row("unknown key", R"({"id": "probe", "stages": []})", "\"stages\"");
    row("unknown step", R"({"id": "probe", "steps": [{"id": "pray"}]})", "\"steps[0].id\"");
    row("step twice", R"({"id": "probe", "steps": [{"id": "server-logs"}, {"id": "server-logs"}]})",
        "\"steps[1].id\"");
    row("no purpose", step(R"({"command": "ls", "risk": "read-only"})"), "\"steps[0].commands[0].purpose\"");
    row("no risk", step(R"({"command": "ls", "purpose": "Lists."})"), "\"steps[0].commands[0].risk\"");
    row("other risk", step(R"({"command": "ls", "purpose": "Lists.", "risk": "none"})"),
        "\"steps[0].commands[0].risk\"");
    row("disruptive first", step(R"({"command": "halt", "purpose": "Halts.", "risk": "disruptive"})"),
        "\"steps[0].commands\"");
    row("risks out of order", step(R"({"command": "a", "purpose": "A.", "risk": "reversible"},
                                      {"command": "b", "purpose": "B.", "risk": "read-only"})"),
        "\"steps[0].commands\"");
    row("unknown placeholder", step(R"({"command": "curl {uri}", "purpose": "Asks.", "risk": "read-only"})"),
        "\"steps[0].commands[0].command\"");
    row("placeholder in double quotes",
        step(R"({"command": "curl \"{url}\"", "purpose": "Asks.", "risk": "read-only"})"),
        "\"steps[0].commands[0].command\"");
    row("six steps in the order", R"({"id": "probe", "order": [{"steps": ["server-logs"]}]})",
        "\"order[0].steps\"");
    row("unknown outcome", R"({"id": "probe", "verdicts": [{"when": {"outcome": ["bad"]}, "text": "T."}]})",
        "\"verdicts[0].when.outcome\"");
    row("empty condition", R"({"id": "probe", "verdicts": [{"when": {}, "text": "T."}]})",
        "\"verdicts[0].when\"");
}

void PlaybooksTest::rejectedData()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, named);
    const QTemporaryDir dir;
    QFile file(dir.filePath(u"probe.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(json) == json.size());
    file.close();
    const auto playbooks = Playbooks::load(dir.path());
    QVERIFY(!playbooks);
    QVERIFY2(playbooks.error().sentence.contains(u"probe.json"), qPrintable(playbooks.error().sentence));
    QVERIFY2(playbooks.error().sentence.contains(named), qPrintable(playbooks.error().sentence));
}

QTEST_GUILESS_MAIN(PlaybooksTest)
#include "tst_playbooks.moc"
