// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/checkonce.h"

#include <QTest>

using namespace backwatch;
using namespace Qt::StringLiterals;

class TestCheckOnce : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aGroupIsWhatItsMembersAnswer_data();
    void aGroupIsWhatItsMembersAnswer();
    void pausedMembersAreLeftAlone();

private:
    Monitor add(MonitorId id, const QString &name, const CheckSpec &check);
    Sample ask();

    Configuration m_configuration;
    QHash<MonitorId, Outcome> m_answers;
    QList<MonitorId> m_asked;
};

Monitor TestCheckOnce::add(MonitorId id, const QString &name, const CheckSpec &check)
{
    Monitor monitor;
    monitor.id = id;
    monitor.name = name;
    monitor.check = check;
    m_configuration.monitors.append(monitor);
    return monitor;
}

void TestCheckOnce::init()
{
    m_configuration = {};
    m_answers.clear();
    m_asked.clear();
    GroupCheck group;
    group.members = QStringList{u"a"_s, u"b"_s};
    group.atLeast = 1;
    add(1, u"both"_s, group);
    add(2, u"a"_s, TcpCheck{});
    add(3, u"b"_s, TcpCheck{});
    add(4, u"stranger"_s, TcpCheck{});
}

Sample TestCheckOnce::ask()
{
    return checkGroupOnce(m_configuration.monitors.first(), m_configuration, 1'000,
                          [this](const Monitor &monitor) {
                              m_asked.append(monitor.id);
                              Sample sample;
                              sample.outcome = m_answers.value(monitor.id);
                              return sample;
                          });
}

void TestCheckOnce::aGroupIsWhatItsMembersAnswer_data()
{
    QTest::addColumn<int>("a");
    QTest::addColumn<int>("b");
    QTest::addColumn<int>("group");
    const auto row = [](const char *name, Outcome a, Outcome b, Outcome group) {
        QTest::newRow(name) << int(a) << int(b) << int(group);
    };
    row("all well", Outcome::Ok, Outcome::Ok, Outcome::Ok);
    row("one is enough", Outcome::Ok, Outcome::ConnectRefused, Outcome::Partial);
    row("none", Outcome::ConnectRefused, Outcome::ConnectRefused, Outcome::ConnectRefused);
    row("nobody could ask", Outcome::Internal, Outcome::Internal, Outcome::Cancelled);
}

void TestCheckOnce::aGroupIsWhatItsMembersAnswer()
{
    QFETCH(int, a);
    QFETCH(int, b);
    QFETCH(int, group);
    m_answers = {{2, Outcome(a)}, {3, Outcome(b)}};
    const Sample sample = ask();
    QCOMPARE(int(sample.outcome), group);
    QCOMPARE(sample.monitor, MonitorId(1));
    QCOMPARE(m_asked, (QList<MonitorId>{2, 3}));
}

void TestCheckOnce::pausedMembersAreLeftAlone()
{
    m_configuration.monitors[2].paused = true;
    m_answers = {{2, Outcome::Ok}, {3, Outcome::ConnectRefused}};
    QCOMPARE(ask().outcome, Outcome::Ok);
    QCOMPARE(m_asked, QList<MonitorId>{2});
}

QTEST_GUILESS_MAIN(TestCheckOnce)
#include "tst_checkonce.moc"
