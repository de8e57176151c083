// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/dependencycheck.h"

#include "app/config/monitornames.h"
#include "app/config/monitorsfiletext.h"

#include <QSet>

#include <algorithm>

namespace backwatch {

namespace {

struct Dependency
{
    qsizetype on;
    TextPosition at;
};

using Dependencies = QList<QList<Dependency>>;

/// Takes away everything that depends on nothing that is left, again and again; what stays is in a circle or
/// depends on one. Without recursion: a chain may be as long as the file.
QSet<qsizetype> unresolvable(const Dependencies &dependencies)
{
    QList<qsizetype> open(dependencies.size(), 0);
    QList<QList<qsizetype>> dependents(dependencies.size());
    QList<qsizetype> free;
    QSet<qsizetype> left;
    for (qsizetype i = 0; i < dependencies.size(); ++i) {
        open[i] = dependencies[i].size();
        left.insert(i);
        for (const auto &dependency : dependencies[i])
            dependents[dependency.on].append(i);
        if (open[i] == 0)
            free.append(i);
    }
    while (!free.isEmpty()) {
        const auto index = free.takeLast();
        left.remove(index);
        for (const auto dependent : std::as_const(dependents[index]))
            if (--open[dependent] == 0)
                free.append(dependent);
    }
    return left;
}

void reportCircle(const QList<Monitor> &monitors, const Dependencies &dependencies,
                  const QSet<qsizetype> &left, Problems &problems)
{
    qsizetype index = *std::min_element(left.begin(), left.end());
    QList<qsizetype> way;
    QList<TextPosition> positions;
    while (!way.contains(index)) {
        way.append(index);
        for (const auto &dependency : dependencies[index]) {
            if (left.contains(dependency.on)) {
                positions.append(dependency.at);
                index = dependency.on;
                break;
            }
        }
    }
    constexpr qsizetype kShown = 10;
    QStringList names;
    const auto first = way.indexOf(index);
    for (auto i = first; i < way.size() && names.size() < kShown; ++i)
        names += qualifiedName(monitors[way[i]]);
    if (way.size() - first > kShown)
        names += QStringLiteral("…");
    names += qualifiedName(monitors[index]);
    problems.add(positions[first],
                 MonitorsFileText::tr("The monitor depends on itself: %1. Remove one of these dependencies.")
                     .arg(names.join(QStringLiteral(" -> "))));
}

} // namespace

void checkDependencies(const QList<Monitor> &monitors, const QList<MonitorOrigin> &origins,
                       Problems &problems)
{
    const MonitorNames names(monitors);
    Dependencies dependencies(monitors.size());
    for (qsizetype i = 0; i < monitors.size() && !problems.isPlenty(); ++i) {
        const auto add = [&](const QString &key, const QStringList &others,
                             const QList<TextPosition> &places) {
            for (qsizetype d = 0; d < others.size(); ++d) {
                if (const auto found = names.find(others[d], monitors[i].service))
                    dependencies[i].append({*found, places[d]});
                else
                    problems.add(places[d], key + QStringLiteral(": ") + found.error().sentence);
            }
        };
        add(QStringLiteral("dependsOn"), monitors[i].dependsOn, origins[i].others.dependsOn);
        if (const auto *group = std::get_if<GroupCheck>(&monitors[i].check))
            add(QStringLiteral("members"), group->members, origins[i].others.members);
    }
    const auto left = unresolvable(dependencies);
    if (!left.isEmpty())
        reportCircle(monitors, dependencies, left, problems);
}

} // namespace backwatch
