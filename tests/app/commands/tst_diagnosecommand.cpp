// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/storedconfiguration.h"
#include "tests/app/commands/commandrig.h"

#include <QTest>

using namespace backwatch;
using namespace Qt::StringLiterals;

namespace {

Monitor tcp(const QString &name)
{
    Monitor monitor;
    monitor.name = name;
    TcpCheck check;
    check.server.host = name + u".example"_s;
    check.server.port = 80;
    monitor.check = check;
    return monitor;
}

Monitor group(const QString &name, const QStringList &members)
{
    Monitor monitor;
    monitor.name = name;
    monitor.check = GroupCheck{members, 0};
    return monitor;
}

} // namespace

/// What `backwatch diagnose` makes of its arguments; what it finds is tested with the diagnosis.
class TestDiagnoseCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aGroupIsAboutItsMemberInTrouble();
    void aGroupThatIsWellHasNoVerdict();
    void saysHowItWasCalledWrongly_data();
    void saysHowItWasCalledWrongly();

private:
    std::unique_ptr<CommandRig> m_rig;
};

void TestDiagnoseCommand::init()
{
    m_rig = std::make_unique<CommandRig>();
    Configuration configuration;
    configuration.monitors = {tcp(u"a"_s), tcp(u"b"_s), group(u"inner"_s, {u"b"_s}),
                              group(u"all"_s, {u"a"_s, u"inner"_s})};
    const auto stored = makeConfigurationBe(m_rig->directory(), configuration, false);
    QVERIFY2(stored, qPrintable(stored ? QString() : stored.error().sentence));
}

void TestDiagnoseCommand::aGroupIsAboutItsMemberInTrouble()
{
    m_rig->setCheck([](const Monitor &monitor) {
        CheckResult result;
        result.sample.outcome = monitor.name == u"b" ? Outcome::ConnectRefused : Outcome::Ok;
        return result;
    });
    const auto answer = m_rig->run(u"diagnose"_s, {u"all"_s, u"--json"_s});
    QVERIFY2(answer.exitCode == 0, qPrintable(answer.err));
    QVERIFY2(answer.out.contains(u"\"upstream-refused\""), qPrintable(answer.out));
    QCOMPARE(answer.err, u"This is about “b”, a member of “all”.\n"_s);
}

void TestDiagnoseCommand::aGroupThatIsWellHasNoVerdict()
{
    const auto answer = m_rig->run(u"diagnose"_s, {u"all"_s});
    QVERIFY2(answer.exitCode == 1, qPrintable(answer.out + answer.err));
}

void TestDiagnoseCommand::saysHowItWasCalledWrongly_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("password in the address") << QStringList{u"http://u:p@127.0.0.1/"_s} << 64;
    QTest::newRow("other scheme") << QStringList{u"ftp://x/"_s} << 64;
    QTest::newRow("unknown name") << QStringList{u"nobody"_s} << 64;
    for (const auto &address : {u"x"_s, u"user@127.0.0.1:80"_s, u"127.0.0.1:80?x"_s, u"127.0.0.1:80#x"_s})
        QTest::addRow("connect to %s", qPrintable(address))
            << QStringList{u"http://a.example/"_s, u"--connect-to"_s, address} << 64;
    QTest::newRow("no such option") << QStringList{u"http://a.example/"_s, u"--loud"_s} << 64;
    QTest::newRow("no such file") << QStringList{u"--har"_s, u"/nowhere.har"_s} << 66;
}

void TestDiagnoseCommand::saysHowItWasCalledWrongly()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    const auto answer = m_rig->run(u"diagnose"_s, arguments);
    QCOMPARE(answer.exitCode, code);
    QVERIFY(answer.out.isEmpty());
    QVERIFY(!answer.err.isEmpty());
}

QTEST_GUILESS_MAIN(TestDiagnoseCommand)
#include "tst_diagnosecommand.moc"
