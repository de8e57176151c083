// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/program.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

#include <unistd.h>

#include <algorithm>

using namespace backwatch;

namespace {

const QByteArray kGood = "version: 1\n"
                         "services:\n"
                         "  - name: Shop\n"
                         "    monitors:\n"
                         "      - name: Front page\n"
                         "        interval: 1s\n"
                         "        http: {url: \"http://127.0.0.1:9/\"}\n";

/// The good file with something else in place of one part.
QByteArray with(const QByteArray &part, const QByteArray &instead)
{
    Q_ASSERT(kGood.contains(part));
    return QByteArray(kGood).replace(part, instead);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

bool isOneSentence(const QString &error)
{
    return !error.trimmed().isEmpty() && error.trimmed().count(u'\n') <= 1;
}

} // namespace

/// What is wrong is said, and what was there is left alone.
class BadInputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void badFileChangesNothing_data();
    void badFileChangesNothing();
    void missingFileIsSaid();
    void dryRunChangesNothing();
    void damagedDatabaseIsKept_data();
    void damagedDatabaseIsKept();
    void newerDatabaseIsLeftAlone();
    void readOnlyFolderIsSaid();
    void fullDiskIsSaid();

private:
    Finished apply(const Program &program, const QByteArray &text) const;
    /// Runs a shell script with mounts of its own, gone with it. "$1" is the executable, "$2" a folder to
    /// mount over, "$3" a monitors file.
    Finished withOwnMounts(const Program &program, const QByteArray &script) const;
};

void BadInputTest::initTestCase()
{
    if (LabProcess::find(QStringLiteral("sqlite3")).isEmpty())
        QSKIP("sqlite3 is not installed (packaging/quickstart deps installs it)");
}

Finished BadInputTest::apply(const Program &program, const QByteArray &text) const
{
    return program.run({QStringLiteral("apply"), program.write(QStringLiteral("monitors.yaml"), text)});
}

void BadInputTest::badFileChangesNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");

    QTest::newRow("wrong type") << with("name: Front page", "name: [Front, page]") << 5;
    QTest::newRow("list for a map") << with("{url: \"http://127.0.0.1:9/\"}", "[\"http://127.0.0.1:9/\"]")
                                    << 7;
    QTest::newRow("unknown key") << with("interval: 1s", "intervall: 1s") << 6;
    QTest::newRow("name used twice")
        << kGood + "      - name: Front page\n        http: {url: \"http://127.0.0.1:9/\"}\n"
        << 8;
    QTest::newRow("address without a host") << with("http://127.0.0.1:9/", "http:///") << 7;
    QTest::newRow("not an address") << with("http://127.0.0.1:9/", "hello world") << 7;
    QTest::newRow("another scheme") << with("http://127.0.0.1:9/", "gopher://127.0.0.1/") << 7;
    QTest::newRow("negative interval") << with("interval: 1s", "interval: -1s") << 6;
    QTest::newRow("interval without a unit") << with("interval: 1s", "interval: soon") << 6;
    QTest::newRow("another version") << with("version: 1", "version: 99") << 1;
    QTest::newRow("depends on nothing known") << with("interval: 1s", "dependsOn: [Nobody]") << 6;
    QTest::newRow("no YAML") << QByteArray("version: 1\nservices: [\n") << 0;
    QTest::newRow("a program") << QByteArray("\x7f"
                                             "ELF\x02\x01\x01\0\0\0",
                                             10)
                               << 0;
}

void BadInputTest::badFileChangesNothing()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, line);

    const Program program;
    const Finished good = apply(program, kGood);
    QVERIFY2(good.exitCode == 0, qPrintable(good.error));
    const QString everything =
        QStringLiteral("SELECT * FROM monitor; SELECT * FROM service; SELECT * FROM setting");
    const QStringList before = program.sql(everything);
    QVERIFY(before.join(u' ').contains(QStringLiteral("Front page")));

    const Finished bad = apply(program, text);
    QVERIFY(!bad.crashed);
    QCOMPARE(bad.exitCode, 65);
    const QString place = line > 0 ? QString::number(line) : QStringLiteral("[0-9]+");
    const QRegularExpression position(QStringLiteral("monitors\\.yaml:%1:[0-9]+: \\S").arg(place));
    QVERIFY2(position.match(bad.error).hasMatch(), qPrintable(bad.error));
    QCOMPARE(bad.output, QString());
    QCOMPARE(program.sql(everything), before);
}

void BadInputTest::missingFileIsSaid()
{
    const Program program;
    const Finished finished =
        program.run({QStringLiteral("apply"), program.filePath(QStringLiteral("none.yaml"))});
    QVERIFY(!finished.crashed);
    QVERIFY(finished.exitCode != 0);
    QVERIFY2(finished.error.contains(QStringLiteral("none.yaml")), qPrintable(finished.error));
    QVERIFY2(isOneSentence(finished.error), qPrintable(finished.error));
}

void BadInputTest::dryRunChangesNothing()
{
    const Program program;
    QCOMPARE(apply(program, kGood).exitCode, 0);
    const QStringList before = program.sql(QStringLiteral("SELECT * FROM monitor"));
    const QString file = program.write(QStringLiteral("other.yaml"), with("interval: 1s", "interval: 5m"));
    const Finished dry = program.run({QStringLiteral("apply"), file, QStringLiteral("--dry-run")});
    QCOMPARE(dry.exitCode, 0);
    QVERIFY2(dry.output.startsWith(u'~'), qPrintable(dry.output));
    QCOMPARE(program.sql(QStringLiteral("SELECT * FROM monitor")), before);
}

void BadInputTest::damagedDatabaseIsKept_data()
{
    QTest::addColumn<QByteArray>("content");

    QTest::newRow("text") << QByteArray("This is a letter, and no database at all.\n").repeated(300);
    QTest::newRow("zeroes") << QByteArray(16'384, '\0');
    QTest::newRow("a database's first page, then noise")
        << QByteArray("SQLite format 3\0\x10\x00\x01\x01", 20) + QByteArray("noise").repeated(4'000);
}

void BadInputTest::damagedDatabaseIsKept()
{
    QFETCH(const QByteArray, content);

    const Program program;
    QCOMPARE(apply(program, kGood).exitCode, 0);
    const QString database = program.database();
    QVERIFY(!database.isEmpty());
    for (const char *companion : {"-wal", "-shm"})
        QFile::remove(database + QLatin1String(companion));
    QFile file(database);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(content), content.size());
    file.close();

    const Finished finished = apply(program, kGood);
    QVERIFY2(!finished.crashed, qPrintable(finished.error));
    QVERIFY2(isOneSentence(finished.error), qPrintable(finished.error));
    // It stays what it is, or it is set aside as it was.
    const QDir folder = QFileInfo(database).dir();
    const QStringList files = folder.entryList(QDir::Files);
    QVERIFY2(std::any_of(files.begin(), files.end(),
                         [&](const QString &name) { return contentOf(folder.filePath(name)) == content; }),
             qPrintable(files.join(u' ')));
    if (finished.exitCode != 0)
        QVERIFY(contentOf(database) == content);
}

void BadInputTest::newerDatabaseIsLeftAlone()
{
    const Program program;
    QCOMPARE(apply(program, kGood).exitCode, 0);
    program.sql(QStringLiteral("PRAGMA user_version = 9999; PRAGMA journal_mode = DELETE"));
    const QByteArray before = contentOf(program.database());
    const Finished finished = apply(program, kGood);
    QVERIFY(!finished.crashed);
    QVERIFY(finished.exitCode != 0);
    QVERIFY2(isOneSentence(finished.error), qPrintable(finished.error));
    QVERIFY(contentOf(program.database()) == before);
}

Finished BadInputTest::withOwnMounts(const Program &program, const QByteArray &script) const
{
    QStringList arguments{QStringLiteral("--mount"), QStringLiteral("--propagation"),
                          QStringLiteral("private")};
    if (::geteuid() != 0)
        arguments += QStringLiteral("--map-root-user");
    return runToEnd(
        QStringLiteral("unshare"),
        arguments +
            QStringList{QStringLiteral("sh"), QStringLiteral("-c"), QString::fromUtf8(script),
                        QStringLiteral("sh"), Program::path(), program.dataDir(),
                        program.write(QStringLiteral("monitors.yaml"), with("interval: 1s", "interval: 5m"))},
        program.environment());
}

void BadInputTest::readOnlyFolderIsSaid()
{
    const Program program;
    QCOMPARE(apply(program, kGood).exitCode, 0);
    QCOMPARE(program.sql(QStringLiteral("PRAGMA journal_mode = DELETE")),
             QStringList{QStringLiteral("delete")});
    const QByteArray before = contentOf(program.database());

    const Finished finished = withOwnMounts(program, R"(
        mount --bind "$2" "$2" && mount -o remount,bind,ro "$2" || exit 99
        "$1" --data-dir "$2" apply "$3"
        applied=$?
        timeout --preserve-status -s TERM 3 "$1" --data-dir "$2" run --headless
        echo "$applied $?")");
    if (finished.exitCode == 99 || finished.error.contains(QStringLiteral("unshare")))
        QSKIP("mounts of one's own are not allowed here");
    const QStringList codes = finished.output.trimmed().split(u'\n').last().split(u' ');
    for (const QString &code : codes)
        QVERIFY2(code.toInt() < 128, qPrintable(finished.output + finished.error));
    QVERIFY2(codes.value(0).toInt() != 0, qPrintable(finished.error));
    QVERIFY2(!finished.error.trimmed().isEmpty(), "nothing was said");
    QVERIFY(contentOf(program.database()) == before);
}

void BadInputTest::fullDiskIsSaid()
{
    const Program program;
    QCOMPARE(apply(program, kGood).exitCode, 0);
    QCOMPARE(program.sql(QStringLiteral("PRAGMA journal_mode = DELETE")),
             QStringList{QStringLiteral("delete")});

    // The database lies on a small disk that somebody else then fills to the brim.
    const Finished finished = withOwnMounts(program, R"(
        kept=$(mktemp -d) && cp -a "$2/." "$kept" && mount -t tmpfs -o size=1m none "$2" || exit 99
        cp -a "$kept/." "$2" && rm -r "$kept"
        dd if=/dev/zero of="$2/filler" bs=4096 2>/dev/null
        "$1" --data-dir "$2" apply "$3"
        applied=$?
        timeout --preserve-status -s TERM 5 "$1" --data-dir "$2" run --headless
        ran=$?
        rm "$2/filler"
        check=$(sqlite3 "$2"/*.db 'PRAGMA integrity_check')
        name=$(sqlite3 "$2"/*.db 'SELECT name FROM monitor WHERE removed_at IS NULL')
        echo "$applied|$ran|$check|$name")");
    if (finished.exitCode == 99 || finished.error.contains(QStringLiteral("unshare")))
        QSKIP("mounts of one's own are not allowed here");
    const QStringList words = finished.output.trimmed().split(u'\n').last().split(u'|');
    const QString all = finished.output + finished.error;
    QVERIFY2(words.value(0).toInt() > 0 && words.value(0).toInt() < 128, qPrintable(all));
    QVERIFY2(words.value(1).toInt() < 128, qPrintable(all));
    QCOMPARE(words.value(2), QStringLiteral("ok"));
    QCOMPARE(words.value(3), QStringLiteral("Front page"));
    QVERIFY2(!finished.error.trimmed().isEmpty(), "nothing was said");
}

QTEST_GUILESS_MAIN(BadInputTest)
#include "tst_bad_input.moc"
