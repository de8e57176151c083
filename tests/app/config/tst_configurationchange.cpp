// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/configurationchange.h"

#include <QTest>

#include <functional>

using namespace backwatch;

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

using Mutation = std::function<void(Monitor &)>;

/// How the fields of a monitor and of its most frequent check are told. That no field at all goes unnoticed
/// is shown by tst_monitorwriter with generated ones.
QList<std::pair<QString, Mutation>> mutations()
{
    const auto http = [](const std::function<void(HttpCheck &)> &change) {
        return [change](Monitor &monitor) { change(std::get<HttpCheck>(monitor.check)); };
    };
    return {
        {QStringLiteral("layer unknown -> edge"), [](Monitor &m) { m.layer = Layer::Edge; }},
        {QStringLiteral("interval 30s -> 1m"), [](Monitor &m) { m.interval = std::chrono::minutes(1); }},
        {QStringLiteral("timeout 10s -> 1s"), [](Monitor &m) { m.timeout = std::chrono::seconds(1); }},
        {QStringLiteral("retries 2 -> 0"), [](Monitor &m) { m.retries = 0; }},
        {QStringLiteral("retryInterval 5s -> 1s"),
         [](Monitor &m) { m.retryInterval = std::chrono::seconds(1); }},
        {QStringLiteral("dependsOn [] -> [B]"),
         [](Monitor &m) { m.dependsOn = QStringList{QStringLiteral("B")}; }},
        {QStringLiteral("paused false -> true"), [](Monitor &m) { m.paused = true; }},
        {QStringLiteral("url https://shop.example/ -> http://b/"),
         http([](HttpCheck &c) { c.url = QUrl(QStringLiteral("http://b/")); })},
        {QStringLiteral("method GET -> HEAD"), http([](HttpCheck &c) { c.method = HttpMethod::Head; })},
        {QStringLiteral("header X added"), http([](HttpCheck &c) {
             c.headers = {{"X", "1"}};
         })},
        {QStringLiteral("body added"), http([](HttpCheck &c) { c.body = "x"; })},
        {QStringLiteral("connectTo none -> a:1"),
         http([](HttpCheck &c) { c.connectTo = QStringLiteral("a:1"); })},
        {QStringLiteral("family any -> ipv6"), http([](HttpCheck &c) { c.family = AddressFamily::Ipv6; })},
        {QStringLiteral("followRedirects true -> false"),
         http([](HttpCheck &c) { c.followRedirects = false; })},
        {QStringLiteral("expect.status [200-299] -> [204]"), http([](HttpCheck &c) {
             c.expect.status = {{204, 204}};
         })},
        {QStringLiteral("expect.body.contains none -> \"a b\""),
         http([](HttpCheck &c) { c.expect.bodyContains = QStringLiteral("a\nb"); })},
        {QStringLiteral("expect.slowAfter none -> 2s"),
         http([](HttpCheck &c) { c.expect.slowAfter = milliseconds(2'000); })},
        {QStringLiteral("expect.certificateDays 14 -> 7"),
         http([](HttpCheck &c) { c.expect.certificateDays = 7; })},
        {QStringLiteral("expect.body.matches none -> ^a$"),
         http([](HttpCheck &c) { c.expect.bodyMatches = QStringLiteral("^a$"); })},
        {QStringLiteral("expect.json none -> [path /a less 5]"), http([](HttpCheck &c) {
             c.expect.json = {{QStringLiteral("/a"), JsonExpectation::Test::Less, QStringLiteral("5")}};
         })},
        {QStringLiteral("version any -> 2"), http([](HttpCheck &c) { c.version = HttpVersion::Http2; })},
        {QStringLiteral("auth.bearer none -> secret shop/token"), http([](HttpCheck &c) {
             c.authentication = {HttpAuthentication::Kind::Bearer, {}, {QStringLiteral("shop/token"), {}}};
         })},
        {QStringLiteral("proxy none -> socks5://a:1"),
         http([](HttpCheck &c) { c.proxy = QStringLiteral("socks5://a:1"); })},
        {QStringLiteral("tls.verify true -> false"), http([](HttpCheck &c) { c.tls.verify = false; })},
        {QStringLiteral("announcedMaintenance 2h -> off"),
         [](Monitor &m) { m.announcedMaintenance = milliseconds(0); }},
        {QStringLiteral("maintenance none -> [cron \"0 2 * * *\" for 1h]"),
         [](Monitor &m) {
             MaintenanceWindow window;
             window.kind = MaintenanceWindow::Kind::Cron;
             window.cron = QStringLiteral("0 2 * * *");
             window.duration = std::chrono::hours(1);
             m.maintenance = {window};
         }},
    };
}

QStringList described(const Configuration &current, const Configuration &wanted)
{
    QStringList lines;
    for (const auto &change : difference(current, wanted))
        lines += describe(change);
    return lines;
}

} // namespace

class TestConfigurationChange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noticesEveryField();
    void ordersChanges();
    void keepsIdsAndIgnoresOrder();
    void describesServices();
    void hidesSecrets();
    void describesRenames();
    void tellsLongTextsApart();
    void describesOtherKinds();
    void describesTheNetwork();
};

void TestConfigurationChange::noticesEveryField()
{
    const auto before = plainMonitor({}, QStringLiteral("A"));
    for (const auto &[text, mutate] : mutations()) {
        auto after = before;
        mutate(after);
        QCOMPARE(described({{}, {before}}, {{}, {after}}), QStringList{QStringLiteral("~ A: ") + text});
    }
    auto everything = before;
    for (const auto &[text, mutate] : mutations())
        mutate(everything);
    QCOMPARE(described({{}, {before}}, {{}, {everything}}).first().count(QStringLiteral(", ")),
             mutations().size() - 1);
}

void TestConfigurationChange::ordersChanges()
{
    auto kept = plainMonitor(QStringLiteral("Shop"), QStringLiteral("Kept"));
    const Configuration current{{{QStringLiteral("Shop"), {}}, {QStringLiteral("Old"), {}}},
                                {plainMonitor(QStringLiteral("Old"), QStringLiteral("Gone")), kept,
                                 plainMonitor({}, QStringLiteral("Same"))}};
    kept.paused = true;
    const Configuration wanted{{{QStringLiteral("Shop"), {}}, {QStringLiteral("New"), {}}},
                               {plainMonitor(QStringLiteral("New"), QStringLiteral("Z")), kept,
                                plainMonitor({}, QStringLiteral("A")),
                                plainMonitor({}, QStringLiteral("Same"))}};
    const QStringList expected{QStringLiteral("+ New (service)"),
                               QStringLiteral("+ New/Z (http https://shop.example/)"),
                               QStringLiteral("~ Shop/Kept: paused false -> true"),
                               QStringLiteral("+ A (http https://shop.example/)"),
                               QStringLiteral("- Old/Gone"),
                               QStringLiteral("- Old (service)")};
    QCOMPARE(described(current, wanted), expected);
    QCOMPARE(described(wanted, wanted), QStringList());
}

void TestConfigurationChange::keepsIdsAndIgnoresOrder()
{
    auto a = plainMonitor({}, QStringLiteral("A"));
    auto b = plainMonitor({}, QStringLiteral("B"));
    auto storedA = a;
    storedA.id = 7;
    auto storedB = b;
    storedB.id = 8;
    QVERIFY(difference({{}, {storedA, storedB}}, {{}, {b, a}}).isEmpty());
    b.retries = 5;
    const auto changes = difference({{}, {storedA, storedB}}, {{}, {b, a}});
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes[0].monitorAfter->id, 8);
    QCOMPARE(changes[0].monitorBefore->id, 8);
}

void TestConfigurationChange::describesServices()
{
    const Service bare{QStringLiteral("Shop"), {}};
    const Service loaded{QStringLiteral("Shop"),
                         {{QStringLiteral("nginx"), QUrl(QStringLiteral("http://u:secret@a/status"))}}};
    const QStringList expected{QStringLiteral("~ Shop (service): load.nginx none -> http://a/status")};
    QCOMPARE(described({{bare}, {}}, {{loaded}, {}}), expected);
}

void TestConfigurationChange::hidesSecrets()
{
    auto before = plainMonitor({}, QStringLiteral("A"));
    auto after = before;
    std::get<HttpCheck>(before.check).headers = {{"Authorization", "Bearer old-secret"},
                                                 {"Cookie", "gone-secret"}};
    std::get<HttpCheck>(before.check).body = "old-secret";
    std::get<HttpCheck>(after.check).headers = {{"Authorization", "Bearer new-secret"}};
    std::get<HttpCheck>(after.check).body = "new-secret";
    std::get<HttpCheck>(after.check).url = QUrl(QStringLiteral("https://u:secret@shop.example/"));
    const QStringList expected{QStringLiteral(
        "~ A: url changed, header Authorization changed, header Cookie removed, body changed")};
    QCOMPARE(described({{}, {before}}, {{}, {after}}), expected);
    QVERIFY(!described({}, {{}, {after}}).first().contains(QStringLiteral("secret")));

    std::get<HttpCheck>(after.check) = std::get<HttpCheck>(before.check);
    std::get<HttpCheck>(after.check).headers = {{"Cookie", "gone-secret"},
                                                {"Authorization", "Bearer old-secret"}};
    QCOMPARE(described({{}, {before}}, {{}, {after}}),
             QStringList{QStringLiteral("~ A: order of headers changed")});
}

void TestConfigurationChange::describesRenames()
{
    ConfigurationChange change;
    change.monitorBefore = plainMonitor({}, QStringLiteral("A"));
    change.monitorAfter = plainMonitor(QStringLiteral("Shop"), QStringLiteral("B"));
    QCOMPARE(describe(change), QStringLiteral("~ A: service none -> Shop, name A -> B"));
}

void TestConfigurationChange::tellsLongTextsApart()
{
    auto before = plainMonitor({}, QStringLiteral("A"));
    auto after = before;
    std::get<HttpCheck>(before.check).expect.bodyContains = QString(1'000, u'x');
    std::get<HttpCheck>(after.check).expect.bodyContains = QString(1'001, u'x');
    QCOMPARE(described({{}, {before}}, {{}, {after}}),
             QStringList{QStringLiteral("~ A: expect.body.contains changed")});
}

void TestConfigurationChange::describesOtherKinds()
{
    auto before = plainMonitor({}, QStringLiteral("A"));
    auto after = before;
    TcpCheck tcp;
    tcp.server.host = QStringLiteral("10.0.0.5");
    tcp.server.port = 3306;
    after.check = tcp;
    after.retries = 0;
    QCOMPARE(
        described({{}, {before}}, {{}, {after}}),
        QStringList{QStringLiteral("~ A: retries 2 -> 0, kind http -> tcp, target https://shop.example/ -> "
                                   "10.0.0.5:3306")});
    auto again = after;
    tcp.server.port = 3307;
    tcp.send = "password";
    again.check = tcp;
    QCOMPARE(described({{}, {after}}, {{}, {again}}),
             QStringList{QStringLiteral("~ A: port 3306 -> 3307, send added")});
}

void TestConfigurationChange::describesTheNetwork()
{
    Configuration after;
    after.network.checksPerHost = 50;
    after.network.witnesses = {{NetworkScope::Lan, QStringLiteral("10.0.0.1"), 0}};
    QCOMPARE(described({}, after),
             QStringList{QStringLiteral("~ network: witnesses none -> [scope lan host 10.0.0.1], "
                                        "checksPerHost 200 -> 50")});
    QVERIFY(difference(after, after).isEmpty());
}

QTEST_GUILESS_MAIN(TestConfigurationChange)
#include "tst_configurationchange.moc"
