// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/storedconfiguration.h"
#include "tests/app/commands/commandrig.h"
#include "tests/app/config/kumafixture.h"

using namespace backwatch;

class TestImportCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesOverAndThenChangesNothing();
    void dryRunChangesNothing();
    void othersStay();
    void secretsGoToTheKeychain();
    void withoutKeychainSecretsAreNamed();
    void historyComesAlong();
    void exitCodes();
};

namespace {

const QString kImport = QStringLiteral("import");
const QString kFrom = QStringLiteral("--from");
const QString kCsv = QStringLiteral("csv");
const QString kKuma = QStringLiteral("uptime-kuma");

} // namespace

void TestImportCommand::takesOverAndThenChangesNothing()
{
    CommandRig rig;
    const QString file = rig.write(QStringLiteral("m.csv"), "name,url\nA,http://a.example/\n");
    const auto first = rig.run(kImport, {kFrom, kCsv, file});
    QCOMPARE(first.exitCode, 0);
    QCOMPARE(first.out, QStringLiteral("+ A (http http://a.example/)\n"));
    const auto second = rig.run(kImport, {kFrom, kCsv, file});
    QCOMPARE(second.exitCode, 0);
    QCOMPARE(second.out, QString());
}

void TestImportCommand::dryRunChangesNothing()
{
    CommandRig rig;
    const QString file = rig.write(QStringLiteral("m.csv"), "name,url\nA,http://a.example/\n");
    const auto answer = rig.run(kImport, {kFrom, kCsv, file, QStringLiteral("--dry-run")});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.out, QStringLiteral("+ A (http http://a.example/)\n"));
    QVERIFY(!QFile::exists(rig.directory().database()));
}

void TestImportCommand::othersStay()
{
    CommandRig rig;
    QCOMPARE(rig.run(kImport, {kFrom, kCsv, rig.write(QStringLiteral("1.csv"), "A,a.example\nB,b.example\n")})
                 .exitCode,
             0);
    const auto answer =
        rig.run(kImport, {kFrom, kCsv, rig.write(QStringLiteral("2.csv"), "A,http://a.example/new\n")});
    QVERIFY2(answer.out.startsWith(QStringLiteral("~ A: ")), qPrintable(answer.out));
    QCOMPARE(storedConfiguration(rig.directory())->monitors.size(), 2);
}

void TestImportCommand::secretsGoToTheKeychain()
{
    CommandRig rig;
    std::shared_ptr<QStringList> names = std::make_shared<QStringList>();
    class Recording final : public SecretStore
    {
    public:
        explicit Recording(std::shared_ptr<QStringList> names) : m_names(std::move(names)) {}
        QFuture<Result<QString>> read(const QString &name) override { return m_store.read(name); }
        QFuture<Result<void>> write(const QString &name, const QString &value) override
        {
            *m_names += QString(name + u'=' + value);
            return m_store.write(name, value);
        }
        QFuture<Result<void>> remove(const QString &name) override { return m_store.remove(name); }
        QFuture<Result<QStringList>> list() override { return m_store.list(); }
        void forget(const QString &) override {}
        void useSessionOnly() override {}
        State state() const override { return m_store.state(); }
        QString trouble() const override { return m_store.trouble(); }

    private:
        MemorySecrets m_store;
        std::shared_ptr<QStringList> m_names;
    };
    rig.setSecrets([names] { return SecretDoor(std::make_unique<Recording>(names)); });
    KumaFixture kuma(1);
    kuma.sql(QStringLiteral("INSERT INTO monitor (name, type, url, basic_auth_user, basic_auth_pass) VALUES "
                            "('A', 'http', 'http://a.example/', 'me', 'word')"));
    const auto answer = rig.run(kImport, {kFrom, kKuma, kuma.path()});
    QVERIFY2(answer.exitCode == 0, qPrintable(answer.err));
    QCOMPARE(*names, QStringList{QStringLiteral("A/password=word")});
    QVERIFY(answer.out.contains(QStringLiteral("+ A/password")));
    QVERIFY(!answer.out.contains(QStringLiteral("word=")) && !answer.err.contains(QStringLiteral("word=")));
    QVERIFY(rig.run(QStringLiteral("export"), {}).out.contains(QStringLiteral("{secret: \"A/password\"}")));
}

void TestImportCommand::withoutKeychainSecretsAreNamed()
{
    CommandRig rig;
    KumaFixture kuma(1);
    kuma.sql(QStringLiteral("INSERT INTO monitor (name, type, push_token) VALUES ('A', 'push', 'dontshow')"));
    const auto answer = rig.run(kImport, {kFrom, kKuma, kuma.path()});
    QCOMPARE(answer.exitCode, 0);
    QVERIFY2(answer.out.contains(QStringLiteral("! A/token: ")), qPrintable(answer.out));
    QVERIFY(!answer.out.contains(QStringLiteral("dontshow")) &&
            !answer.err.contains(QStringLiteral("dontshow")));
    QVERIFY(!rig.run(QStringLiteral("export"), {}).out.contains(QStringLiteral("dontshow")));
}

void TestImportCommand::historyComesAlong()
{
    CommandRig rig;
    KumaFixture kuma(1);
    kuma.sql(QStringLiteral("INSERT INTO monitor (name, type, hostname) VALUES ('A', 'ping', 'a.example')"));
    constexpr qint64 kStart = 1'709'294'400'000;
    for (int i = 0; i < 10; ++i)
        kuma.beat(1, kStart + i * 20'000, i == 5 ? 0 : 1, QStringLiteral(""), 7);
    const auto answer = rig.run(kImport, {kFrom, kKuma, kuma.path()});
    QVERIFY2(answer.out.endsWith(QStringLiteral("+ history (monitors: 1, checks: 10, outages: 1)\n")),
             qPrintable(answer.out + answer.err));
    const auto history = rig.run(QStringLiteral("history"),
                                 {QStringLiteral("A"), QStringLiteral("--from"), QStringLiteral("2024-03-01"),
                                  QStringLiteral("--to"), QStringLiteral("2024-03-02"),
                                  QStringLiteral("--resolution"), QStringLiteral("raw")});
    QCOMPARE(history.exitCode, 0);
    QCOMPARE(history.out.count(u'\n'), 11);
    QVERIFY(history.out.contains(QStringLiteral(",ok,up,,,,,,,,7.000,,\n")));
}

void TestImportCommand::exitCodes()
{
    CommandRig rig;
    QCOMPARE(rig.run(kImport, {}).exitCode, 64);
    QCOMPARE(rig.run(kImport, {kFrom, QStringLiteral("nagios"), QStringLiteral("f")}).exitCode, 64);
    QCOMPARE(rig.run(kImport, {kFrom, kCsv}).exitCode, 64);
    QCOMPARE(rig.run(kImport, {kFrom, kCsv, rig.filePath(QStringLiteral("none"))}).exitCode, 66);
    const QString text = rig.write(QStringLiteral("t"), "a: [");
    for (const auto &program : {kKuma, QStringLiteral("gatus"), QStringLiteral("blackbox")}) {
        const auto answer = rig.run(kImport, {kFrom, program, text});
        QCOMPARE(answer.exitCode, 65);
        QVERIFY(!answer.err.isEmpty() && answer.out.isEmpty());
    }
    QVERIFY(!QFile::exists(rig.directory().database()));
}

QTEST_GUILESS_MAIN(TestImportCommand)
#include "tst_importcommand.moc"
