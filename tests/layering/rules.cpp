// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/rules.h"

#include <QDir>
#include <QLibraryInfo>

namespace backwatch {

RoomRules roomRules()
{
    const QString core = QStringLiteral("app/core");
    const QStringList coreOnly{core};
    // Values that travel out of a room, and the readers: what screens and commands may see of it.
    const QStringList readInterfaces{QStringLiteral("app/history/historyreader.h"),
                                     QStringLiteral("app/history/historyqueries.h"),
                                     QStringLiteral("app/history/availability.h"),
                                     QStringLiteral("app/history/availabilityreader.h"),
                                     QStringLiteral("app/guide/guide.h"),
                                     QStringLiteral("app/diagnosis/fingerprints.h"),
                                     QStringLiteral("app/diagnosis/exchangedifference.h"),
                                     QStringLiteral("app/diagnosis/diagnosis.h"),
                                     QStringLiteral("app/diagnosis/diagnosisjson.h"),
                                     QStringLiteral("app/diagnosis/diagnosistext.h"),
                                     QStringLiteral("app/diagnosis/causewords.h"),
                                     QStringLiteral("app/diagnosis/cause.h"),
                                     QStringLiteral("app/diagnosis/confidence.h")};

    RoomRules rules;
    rules[core] = {};
    for (const char *room :
         {"config", "secrets", "probes", "schedule", "evaluate", "history", "load", "diagnosis"})
        rules[QStringLiteral("app/") + QLatin1String(room)] = coreOnly;
    rules[QStringLiteral("app/guide")] = coreOnly + QStringList{QStringLiteral("app/diagnosis")};
    rules[QStringLiteral("app/alerts")] = coreOnly + readInterfaces.mid(0, 4);
    rules[QStringLiteral("app/report")] = coreOnly + readInterfaces.mid(0, 4);

    QStringList everything = rules.keys();
    rules[QStringLiteral("app/service")] = everything;
    rules[QStringLiteral("app/commands")] =
        coreOnly + readInterfaces + QStringList{QStringLiteral("app/service"), QStringLiteral("app/config")};

    // Beside main.cpp: what puts the program together. Only main.cpp itself knows the screen as well.
    rules[QStringLiteral("app")] = rules.keys();

    // Screens may know each other as long as there is no cycle; that is looked at apart.
    const QStringList screen =
        coreOnly + readInterfaces + QStringList{QStringLiteral("app/service"), QStringLiteral("ui/*")};
    for (const char *room :
         {"models", "charts", "wall", "monitor", "incident", "editor", "report", "settings", "tray"})
        rules[QStringLiteral("ui/") + QLatin1String(room)] = screen;
    rules[QStringLiteral("ui/theme")] = coreOnly;
    rules[QStringLiteral("ui")] = screen; // the main window
    return rules;
}

QStringList screenModules()
{
    return {QStringLiteral("QtGui"),    QStringLiteral("QtWidgets"),       QStringLiteral("QtCharts"),
            QStringLiteral("QtSvg"),    QStringLiteral("QtSvgWidgets"),    QStringLiteral("QtPrintSupport"),
            QStringLiteral("QtOpenGL"), QStringLiteral("QtOpenGLWidgets"), QStringLiteral("QtQml"),
            QStringLiteral("QtQuick"),  QStringLiteral("QtQuickWidgets")};
}

QSet<QString> screenHeaders()
{
    const QDir headers(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    QSet<QString> names;
    for (const QString &module : screenModules()) {
        const QStringList files = QDir(headers.filePath(module)).entryList(QDir::Files);
        names.unite(QSet<QString>(files.begin(), files.end()));
    }
    return names;
}

} // namespace backwatch
