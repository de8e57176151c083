// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/sourcetree.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace backwatch;

namespace {

const QByteArray kLicence = "// SPDX-FileCopyrightText: The Backwatch authors\n"
                            "// SPDX-License-Identifier: GPL-3.0-or-later\n";

void write(const QDir &root, const QString &file, const QByteArray &text)
{
    QVERIFY(root.mkpath(QFileInfo(root.filePath(file)).path()));
    QFile out(root.filePath(file));
    QVERIFY(out.open(QIODevice::WriteOnly));
    QCOMPARE(out.write(text), text.size());
}

/// A small tree that keeps every rule.
void writeSoundTree(const QDir &root)
{
    write(root, QStringLiteral("README.md"), "Made up.\n");
    write(root, QStringLiteral("app/main.cpp"),
          kLicence +
              "#include \"app/commands/list.h\"\n#include \"ui/wall/wall.h\"\n#include <QApplication>\n");
    write(root, QStringLiteral("app/core/sample.h"), kLicence + "#include <QString>\n");
    write(root, QStringLiteral("app/guide/guide.h"), kLicence + "#include \"app/core/sample.h\"\n");
    write(root, QStringLiteral("app/history/historyreader.h"), kLicence + "#include <QSqlDatabase>\n");
    write(root, QStringLiteral("app/history/historywriter.h"), kLicence + "#include \"app/core/sample.h\"\n");
    write(root, QStringLiteral("app/probes/probe.h"), kLicence + "// #include <QColor> is not for here\n");
    write(root, QStringLiteral("app/service/watch.h"),
          kLicence + "#include \"app/history/historywriter.h\"\n#include \"app/probes/probe.h\"\n");
    write(root, QStringLiteral("app/commands/list.h"),
          kLicence + "#include \"app/service/watch.h\"\n#include \"app/history/historyreader.h\"\n");
    write(root, QStringLiteral("ui/theme/palette.h"), kLicence + "#include <QColor>\n");
    write(root, QStringLiteral("ui/wall/wall.h"),
          kLicence +
              "#include \"ui/theme/palette.h\"\n#include \"app/service/watch.h\"\n#include <QWidget>\n");
}

QStringList described(const QList<Violation> &violations)
{
    QStringList lines;
    for (const Violation &violation : violations)
        lines += describe(violation);
    return lines;
}

} // namespace

class LayeringTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void projectKeepsItsRules();
    void qtIsKnown();
    void soundTreePasses();
    void violationIsFound_data();
    void violationIsFound();
};

void LayeringTest::projectKeepsItsRules()
{
    const SourceTree tree(QStringLiteral(BACKWATCH_SOURCE_DIR), roomRules(), screenHeaders());
    QVERIFY2(tree.sourceCount() > 30, "The source tree was not found");
    const QStringList found = described(tree.violations());
    QVERIFY2(found.isEmpty(), qPrintable(u'\n' + found.join(u'\n')));
}

void LayeringTest::qtIsKnown()
{
    const QSet<QString> names = screenHeaders();
    for (const char *name : {"QColor", "qcolor.h", "QWidget", "QChart", "QSvgRenderer"})
        QVERIFY2(names.contains(QLatin1String(name)), name);
    for (const char *name : {"QString", "QSqlDatabase", "QTcpSocket", "QTimer"})
        QVERIFY2(!names.contains(QLatin1String(name)), name);
}

void LayeringTest::soundTreePasses()
{
    const QTemporaryDir folder;
    writeSoundTree(QDir(folder.path()));
    const SourceTree tree(folder.path(), roomRules(), screenHeaders());
    QCOMPARE(described(tree.violations()), QStringList());
    QCOMPARE(tree.sourceCount(), 10);
}

void LayeringTest::violationIsFound_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("rule");
    QTest::addColumn<int>("line");

    const auto row = [](const char *name, const char *file, const QByteArray &text, Rule rule, int line = 3) {
        QTest::newRow(name) << QString::fromLatin1(file) << text << static_cast<int>(rule) << line;
    };
    const auto include = [&](const char *name, const char *file, const QByteArray &spelling,
                             Rule rule = Rule::ForbiddenRoom) {
        row(name, file, kLicence + "#include " + spelling + '\n', rule);
    };
    include("a color", "app/core/x.h", "<QColor>", Rule::ScreenInApp);
    include("a color by its module", "app/core/x.h", "<QtGui/QColor>", Rule::ScreenInApp);
    include("a color by its file", "app/core/x.h", "<qcolor.h>", Rule::ScreenInApp);
    include("a color by module and file", "app/core/x.h", "<QtGui/qcolor.h>", Rule::ScreenInApp);
    include("a color in quotes", "app/core/x.h", "\"QColor\"", Rule::ScreenInApp);
    include("a widget", "app/service/x.cpp", "<QWidget>", Rule::ScreenInApp);
    include("all widgets", "app/service/x.cpp", "<QtWidgets>", Rule::ScreenInApp);
    include("a chart", "app/history/x.cpp", "<QtCharts/QChart>", Rule::ScreenInApp);
    include("a picture", "app/guide/x.cpp", "<QSvgRenderer>", Rule::ScreenInApp);
    row("an odd spelling", "app/core/x.h", kLicence + "  #  include<QColor>\n", Rule::ScreenInApp);
    row("after a comment", "app/core/x.h", kLicence + "/* here */ #include <QColor>\n", Rule::ScreenInApp);

    include("app knows ui", "app/core/x.h", "\"ui/theme/palette.h\"");
    include("in angle brackets", "app/core/x.h", "<ui/theme/palette.h>");
    include("by a relative path", "app/core/x.h", "\"../history/historywriter.h\"");
    include("core knows a room", "app/core/x.h", "\"app/probes/probe.h\"");
    include("a probe knows history", "app/probes/x.h", "\"app/history/historyreader.h\"");
    include("the schedule knows probes", "app/schedule/x.h", "\"app/probes/probe.h\"");
    include("evaluation knows history", "app/evaluate/x.h", "\"app/history/historyreader.h\"");
    include("history knows configuration", "app/history/x.h", "\"app/config/store.h\"");
    include("configuration knows history", "app/config/x.h", "\"app/history/historywriter.h\"");
    include("diagnosis knows the guide", "app/diagnosis/x.h", "\"app/guide/guide.h\"");
    include("the guide knows probes", "app/guide/x.h", "\"app/probes/probe.h\"");
    include("a report writes history", "app/report/x.h", "\"app/history/historywriter.h\"");
    include("the service knows commands", "app/service/x.cpp", "\"app/commands/list.h\"");
    include("a command writes history", "app/commands/x.cpp", "\"app/history/historywriter.h\"");
    include("a command probes by itself", "app/commands/x.cpp", "\"app/probes/probe.h\"");
    include("a screen writes history", "ui/wall/x.cpp", "\"app/history/historywriter.h\"");
    include("a screen probes", "ui/editor/x.cpp", "\"app/probes/probe.h\"");
    include("a screen knows the configuration", "ui/editor/x.cpp", "\"app/config/store.h\"");
    include("a screen runs commands", "ui/x.cpp", "\"app/commands/list.h\"");
    include("the theme knows a screen", "ui/theme/x.cpp", "\"ui/wall/wall.h\"");
    include("app knows tests", "app/core/x.h", "\"tests/support/fakeclock.h\"");
    include("ui knows tests", "ui/wall/x.h", "\"tests/support/fakeclock.h\"");
    include("main knows tests", "app/main.cpp", "\"tests/support/fakeclock.h\"");

    row("a room without rules", "app/shed/x.h", kLicence, Rule::UnknownRoom, 0);
    include("beside main, a screen", "app/x.cpp", "\"ui/wall/wall.h\"");
    include("a room knows what puts it together", "app/service/x.cpp", "\"app/station.h\"");
    include("an include by macro", "app/core/x.h", "HEADER", Rule::Unresolved);
    row("a circle of screens", "ui/models/x.h",
        kLicence + "#include \"ui/wall/wall.h\"\n#include \"ui/incident/y.h\"\n", Rule::Cycle, 0);
    row("no licence", "ui/wall/x.cpp", "int x;\n", Rule::NoLicence, 1);
    row("half a licence", "app/core/x.cpp", kLicence.left(kLicence.indexOf('\n') + 1), Rule::NoLicence, 1);
    row("another licence", "app/core/x.h", QByteArray(kLicence).replace("GPL-3.0-or-later", "MIT"),
        Rule::NoLicence, 1);
    row("too long", "app/core/x.cpp", kLicence + QByteArray("\n").repeated(399), Rule::TooLong, 0);
    const QByteArray outside = QByteArray("..") + "/shared";
    row("outside, in a source", "app/core/x.cpp", kLicence + "// " + outside + '\n', Rule::OutsideMention);
    row("outside, in a paper", "notes.md", "One.\n\nSee " + outside + "/x.md\n", Rule::OutsideMention);
    row("outside, in a script", ".ci/run", "#!/bin/sh\n\ncat " + outside + '\n', Rule::OutsideMention);
}

void LayeringTest::violationIsFound()
{
    QFETCH(const QString, file);
    QFETCH(const QByteArray, text);
    QFETCH(const int, rule);
    QFETCH(const int, line);

    const QTemporaryDir folder;
    const QDir root(folder.path());
    writeSoundTree(root);
    if (static_cast<Rule>(rule) == Rule::Cycle)
        write(root, QStringLiteral("ui/wall/tile.h"), kLicence + "#include \"ui/models/x.h\"\n");
    write(root, file, text);

    QList<Violation> found = SourceTree(folder.path(), roomRules(), screenHeaders()).violations();
    // A forbidden way may close a circle besides.
    if (static_cast<Rule>(rule) == Rule::ForbiddenRoom)
        found.removeIf([](const Violation &violation) { return violation.rule == Rule::Cycle; });
    QCOMPARE(described(found).size(), 1);
    QCOMPARE(static_cast<int>(found.first().rule), rule);
    QCOMPARE(found.first().line, line);
    if (static_cast<Rule>(rule) != Rule::Cycle)
        QCOMPARE(found.first().file, file);
}

QTEST_APPLESS_MAIN(LayeringTest)
#include "tst_layering.moc"
