// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/sourcetree.h"

#include <QDirIterator>
#include <QRegularExpression>

#include <algorithm>
#include <functional>

namespace backwatch {

namespace {

/// The only file that may know everything: it puts the program together.
const QString kCompositionRoot = QStringLiteral("app/main.cpp");

QStringList filesBelow(const QDir &root, const QString &folder, const QStringList &patterns)
{
    QStringList files;
    QDirIterator it(root.filePath(folder), patterns, QDir::Files | QDir::Hidden,
                    QDirIterator::Subdirectories);
    while (it.hasNext())
        files += root.relativeFilePath(it.next());
    files.sort();
    return files;
}

/// Blanks out comments, so that what stands in one is not taken for code; lines stay where they are.
QString withoutComments(QString text)
{
    static const QRegularExpression comment(QStringLiteral(R"re("(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/)re"),
                                            QRegularExpression::DotMatchesEverythingOption);
    auto it = comment.globalMatch(text);
    while (it.hasNext()) {
        const QRegularExpressionMatch match = it.next();
        if (match.capturedView().startsWith(u'"'))
            continue;
        for (qsizetype i = match.capturedStart(); i < match.capturedEnd(); ++i)
            if (text.at(i) != u'\n')
                text[i] = u' ';
    }
    return text;
}

} // namespace

QString describe(const Violation &violation)
{
    const QString place =
        violation.line > 0 ? QStringLiteral("%1:%2").arg(violation.file).arg(violation.line) : violation.file;
    return place + QStringLiteral(": ") + violation.what;
}

QString roomOf(const QString &file)
{
    const QStringList parts = file.split(u'/');
    if (parts.size() < 2 || (parts.first() != QStringLiteral("app") && parts.first() != QStringLiteral("ui")))
        return {};
    return parts.size() == 2 ? parts.first() : QString(parts.at(0) + u'/' + parts.at(1));
}

SourceTree::SourceTree(const QString &root, RoomRules rules, QSet<QString> screenHeaders)
    : m_root(root), m_rules(std::move(rules)), m_screenHeaders(std::move(screenHeaders))
{
    const QStringList patterns{QStringLiteral("*.cpp"), QStringLiteral("*.h"), QStringLiteral("*.inc")};
    m_sources = filesBelow(m_root, QStringLiteral("app"), patterns) +
                filesBelow(m_root, QStringLiteral("ui"), patterns);
}

QString SourceTree::read(const QString &file) const
{
    QFile source(m_root.filePath(file));
    return source.open(QIODevice::ReadOnly) ? QString::fromUtf8(source.readAll()) : QString();
}

QList<SourceTree::Include> SourceTree::includes(const QString &file, const QString &text,
                                                QList<Violation> *found) const
{
    static const QRegularExpression directive(
        QStringLiteral(R"(^\s*(?:#|%:)\s*(?:include|include_next|import)\s*(.*)$)"));
    static const QRegularExpression named(QStringLiteral(R"(^["<]\s*([^">]+?)\s*[">])"));
    QList<Include> includes;
    const QStringList lines = withoutComments(text).split(u'\n');
    for (int i = 0; i < lines.size(); ++i) {
        const QRegularExpressionMatch match = directive.match(lines.at(i));
        if (!match.hasMatch())
            continue;
        const QRegularExpressionMatch name = named.match(match.captured(1));
        if (!name.hasMatch()) {
            *found += {Rule::Unresolved, file, i + 1,
                       QStringLiteral("includes by a macro, which nobody can check")};
            continue;
        }
        const QString written = QDir::cleanPath(name.captured(1));
        const QString beside = QDir::cleanPath(QFileInfo(file).path() + u'/' + written);
        const bool relative = match.captured(1).startsWith(u'"') && m_root.exists(beside);
        includes += {i + 1, relative ? beside : written};
    }
    return includes;
}

bool SourceTree::isScreenHeader(const QString &target) const
{
    const QString module = target.section(u'/', 0, 0);
    return m_screenHeaders.contains(target) || screenModules().contains(module);
}

bool SourceTree::allowed(const QString &room, const QString &target) const
{
    const QString other = roomOf(target);
    if (other == room)
        return true;
    const QStringList allowed = m_rules.value(room);
    return allowed.contains(other) || allowed.contains(target) ||
           (other.startsWith(QStringLiteral("ui")) && allowed.contains(QStringLiteral("ui/*")));
}

void SourceTree::checkIncludes(const QString &file, const QString &text, Edges *edges,
                               QList<Violation> *found) const
{
    const QString room = roomOf(file);
    const bool root = file == kCompositionRoot;
    if (!root && !m_rules.contains(room))
        *found += {Rule::UnknownRoom, file, 0, QStringLiteral("stands in %1/, which has no rules").arg(room)};

    for (const auto &[line, target] : includes(file, text, found)) {
        if (!root && room.startsWith(QStringLiteral("app")) && isScreenHeader(target))
            *found += {Rule::ScreenInApp, file, line,
                       QStringLiteral("includes %1; nothing in app/ knows a screen").arg(target)};
        const QString other = roomOf(target);
        const bool tests = target.startsWith(QStringLiteral("tests/"));
        if (tests || (!root && !other.isEmpty() && !allowed(room, target)))
            *found += {Rule::ForbiddenRoom, file, line,
                       QStringLiteral("includes %1, which %2/ may not know").arg(target, root ? file : room)};
        if (!root && !other.isEmpty() && other != room)
            (*edges)[room].insert(other, file);
    }
}

void SourceTree::checkText(const QString &file, const QString &text, QList<Violation> *found) const
{
    const QStringList lines = text.split(u'\n');
    const bool licensed = lines.value(0).startsWith(QStringLiteral("// SPDX-FileCopyrightText: ")) &&
                          lines.value(1) == QStringLiteral("// SPDX-License-Identifier: GPL-3.0-or-later");
    if (!licensed)
        *found += {Rule::NoLicence, file, 1, QStringLiteral("does not begin with the two SPDX lines")};
    const qsizetype count = text.count(u'\n') + (text.endsWith(u'\n') || text.isEmpty() ? 0 : 1);
    if (file.endsWith(QStringLiteral(".cpp")) && count > kMaximumLines)
        *found += {Rule::TooLong, file, 0,
                   QStringLiteral("has %1 lines, more than %2").arg(count).arg(kMaximumLines)};
}

void SourceTree::checkMentions(QList<Violation> *found) const
{
    // Put together here, or this file would be the first one found.
    const QString outside = QStringLiteral("..") + QStringLiteral("/shared");
    QStringList files = m_root.entryList(QDir::Files | QDir::Hidden);
    for (const char *folder : {".ci", "app", "ui", "tests", "resources", "packaging", "translations"})
        files += filesBelow(m_root, QLatin1String(folder), {});
    for (const QString &file : std::as_const(files)) {
        const QString text = read(file);
        const qsizetype at = text.indexOf(outside);
        if (at >= 0)
            *found += {Rule::OutsideMention, file, static_cast<int>(text.left(at).count(u'\n')) + 1,
                       QStringLiteral("speaks of %1, which no reader of the project has").arg(outside)};
    }
}

QList<Violation> SourceTree::violations() const
{
    QList<Violation> found;
    Edges edges;
    for (const QString &file : m_sources) {
        const QString text = read(file);
        checkIncludes(file, text, &edges, &found);
        checkText(file, text, &found);
    }
    checkMentions(&found);

    // Depth first; a room met again on the way down closes a circle.
    QStringList way;
    QSet<QString> done;
    const std::function<void(const QString &)> visit = [&](const QString &room) {
        if (const qsizetype at = way.indexOf(room); at >= 0) {
            const QString circle = (way.mid(at) + QStringList{room}).join(QStringLiteral(" -> "));
            found +=
                {Rule::Cycle, edges[way.last()][room], 0, QStringLiteral("closes a circle: %1").arg(circle)};
            return;
        }
        if (done.contains(room))
            return;
        way.append(room);
        const QStringList next = edges.value(room).keys();
        for (const QString &other : next)
            visit(other);
        way.removeLast();
        done.insert(room);
    };
    const QStringList rooms = edges.keys();
    for (const QString &room : rooms)
        visit(room);
    return found;
}

} // namespace backwatch
