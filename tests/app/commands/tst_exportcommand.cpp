// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/storedconfiguration.h"
#include "tests/app/commands/commandrig.h"
#include "tests/app/config/generatedconfiguration.h"

#include <QTest>

using namespace backwatch;

class TestExportCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsAFileToo();
    void applyingChangesNothing_data();
    void applyingChangesNothing();
    void refusesOtherFormats();
    void saysThatTheDiskIsFull();
};

void TestExportCommand::nothingIsAFileToo()
{
    CommandRig rig;
    const auto answer = rig.run(QStringLiteral("export"), {});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(answer.out, QStringLiteral("version: 1\n"));
    QVERIFY2(answer.err.contains(rig.directory().path()),
             qPrintable(answer.err)); // it may be a slip of the pen
    QVERIFY(!QFile::exists(rig.directory().database()));
}

void TestExportCommand::applyingChangesNothing_data()
{
    QTest::addColumn<QString>("format");
    QTest::newRow("yaml") << "yaml";
    QTest::newRow("json") << "json";
}

/// Through the database and the text, in the folder that it came from and in an empty one.
void TestExportCommand::applyingChangesNothing()
{
    QFETCH(QString, format);
    QRandomGenerator random(11);
    for (int round = 0; round < 25; ++round) {
        CommandRig rig;
        const auto configuration = generatedConfiguration(random);
        const auto stored = makeConfigurationBe(rig.directory(), configuration, false);
        QVERIFY2(stored, qPrintable(stored ? QString() : stored.error().sentence));
        const auto exported = rig.run(QStringLiteral("export"), {QStringLiteral("--format"), format});
        QCOMPARE(exported.exitCode, 0);
        const QString file = rig.write(QStringLiteral("m.yaml"), exported.out.toUtf8());

        const auto same = rig.run(QStringLiteral("apply"), {file});
        QVERIFY2(same.exitCode == 0 && same.out.isEmpty(),
                 qPrintable(same.out + same.err + u'\n' + exported.out));
        CommandRig other;
        QCOMPARE(other.run(QStringLiteral("apply"), {file}).exitCode, 0);
        QCOMPARE(other.run(QStringLiteral("export"), {QStringLiteral("--format"), format}).out, exported.out);
    }
}

void TestExportCommand::refusesOtherFormats()
{
    CommandRig rig;
    const auto answer =
        rig.run(QStringLiteral("export"), {QStringLiteral("--format"), QStringLiteral("xml")});
    QCOMPARE(answer.exitCode, 64);
    QVERIFY(answer.err.contains(QStringLiteral("yaml and json")));
    QVERIFY(answer.out.isEmpty());
    QCOMPARE(rig.run(QStringLiteral("export"), {QStringLiteral("file")}).exitCode, 64);
}

void TestExportCommand::saysThatTheDiskIsFull()
{
    CommandRig rig;
    QFile full(QStringLiteral("/dev/full"));
    QVERIFY(full.open(QIODevice::WriteOnly));
    QTextStream nowhere(&full);
    const auto answer = rig.run(QStringLiteral("export"), {}, nowhere);
    QCOMPARE(answer.exitCode, 73);
    QVERIFY2(answer.err.contains(QStringLiteral("disk is full")), qPrintable(answer.err));
    QTextStream alsoNowhere(&full);
    QCOMPARE(rig.run(QStringLiteral("check"), {QStringLiteral("http://a.example")}, alsoNowhere).exitCode, 3);
}

QTEST_GUILESS_MAIN(TestExportCommand)
#include "tst_exportcommand.moc"
