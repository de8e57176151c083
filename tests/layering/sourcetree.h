// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/layering/rules.h"

#include <QDir>
#include <QList>
#include <QMap>

namespace backwatch {

enum class Rule {
    ScreenInApp,    ///< app/ includes a header of Qt's screen modules
    ForbiddenRoom,  ///< a room includes what its rules do not allow
    UnknownRoom,    ///< a folder that has no rules
    Unresolved,     ///< an include that cannot be judged from the text
    Cycle,          ///< rooms that include each other, directly or around corners
    TooLong,        ///< a .cpp of more than 400 lines
    NoLicence,      ///< a source file that does not begin with the two SPDX lines
    OutsideMention, ///< text that speaks of a folder outside the project
};

struct Violation
{
    Rule rule;
    QString file; ///< relative to the root
    int line;     ///< 0: the whole file
    QString what;
};

/// One line for a person: "app/core/x.cpp:3: includes <QColor>, …".
QString describe(const Violation &violation);

/// The sources below a folder, and what in them breaks the rules.
class SourceTree
{
public:
    static constexpr int kMaximumLines = 400;

    SourceTree(const QString &root, RoomRules rules, QSet<QString> screenHeaders);

    QList<Violation> violations() const;
    qsizetype sourceCount() const { return m_sources.size(); }

private:
    struct Include
    {
        int line;
        QString target; ///< as written, or the path from the root where it names a file of the tree
    };
    using Edges = QMap<QString, QMap<QString, QString>>; ///< room → room → a file that does it

    QString read(const QString &file) const;
    QList<Include> includes(const QString &file, const QString &text, QList<Violation> *found) const;
    void checkIncludes(const QString &file, const QString &text, Edges *edges, QList<Violation> *found) const;
    void checkText(const QString &file, const QString &text, QList<Violation> *found) const;
    void checkMentions(QList<Violation> *found) const;
    bool allowed(const QString &room, const QString &target) const;
    bool isScreenHeader(const QString &target) const;

    QDir m_root;
    RoomRules m_rules;
    QSet<QString> m_screenHeaders;
    QStringList m_sources; ///< of app/ and ui/
};

/// "app/core" for app/core/clock.h, "ui" for ui/mainwindow.h, empty for what is in neither tree.
QString roomOf(const QString &file);

} // namespace backwatch
