// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/walltiles.h"

#include "ui/theme/format.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace backwatch {

namespace {

class Wall
{
    Q_DECLARE_TR_FUNCTIONS(Wall)
};

int rank(State state)
{
    switch (state) {
    case State::Down:
        return 0;
    case State::Suspect:
        return 1;
    case State::Degraded:
        return 2;
    case State::Unreachable:
        return 3;
    case State::Up:
    case State::Maintenance:
    case State::NotObserved:
    case State::Paused:
        return 4;
    }
    return 4;
}

/// dependsOn names a monitor as Service/Monitor, or by its name alone: in the own service first.
const Monitor *named(const QString &name, const Monitor &asking, const QList<Monitor> &monitors)
{
    const Monitor *elsewhere = nullptr;
    for (const Monitor &monitor : monitors) {
        if (qualifiedName(monitor) == name || (monitor.name == name && monitor.service == asking.service))
            return &monitor;
        if (monitor.name == name)
            elsewhere = &monitor;
    }
    return elsewhere;
}

/// Follows the dependencies of something unreachable to the problem behind it; 0 when there is none.
MonitorId rootOf(const Monitor &start, const QList<Monitor> &monitors, const QHash<MonitorId, State> &states)
{
    QList<const Monitor *> open{&start};
    QList<MonitorId> seen;
    while (!open.isEmpty()) {
        const Monitor *monitor = open.takeFirst();
        if (seen.contains(monitor->id))
            continue;
        seen.append(monitor->id);
        if (isProblem(states.value(monitor->id)))
            return monitor->id;
        for (const QString &name : monitor->dependsOn)
            if (const Monitor *parent = named(name, *monitor, monitors))
                open.append(parent);
    }
    return 0;
}

void foldConsequences(QList<WallTile> &tiles, const QList<Monitor> &monitors)
{
    QHash<MonitorId, State> states;
    for (const WallTile &tile : std::as_const(tiles))
        states.insert(tile.monitor, tile.state);
    for (const Monitor &monitor : monitors) {
        if (states.value(monitor.id) != State::Unreachable)
            continue;
        const MonitorId root = rootOf(monitor, monitors, states);
        if (root == 0)
            continue;
        const auto is = [](MonitorId id) {
            return [id](const WallTile &tile) { return tile.monitor == id; };
        };
        const auto cause = std::find_if(tiles.begin(), tiles.end(), is(root));
        cause->consequences.append(monitor.name);
        cause->consequenceIds.append(monitor.id);
        tiles.removeIf(is(monitor.id));
    }
}

/// Two services may each have a "Front page".
void qualifyRepeatedNames(QList<WallTile> &tiles)
{
    QHash<QString, int> seen;
    for (const WallTile &tile : std::as_const(tiles))
        ++seen[tile.name];
    for (WallTile &tile : tiles)
        if (seen.value(tile.name) > 1 && !tile.service.isEmpty())
            tile.name = tile.service + u" / " + tile.name;
}

/// Names that begin alike are told apart by their ends.
void markLikeBeginnings(QList<WallTile> &tiles)
{
    constexpr qsizetype kBeginning = 12;
    QHash<QString, int> seen;
    for (const WallTile &tile : std::as_const(tiles))
        ++seen[tile.name.left(kBeginning)];
    for (WallTile &tile : tiles)
        tile.endMatters = seen.value(tile.name.left(kBeginning)) > 1;
}

} // namespace

QList<WallTile> arrangedTiles(const QList<Monitor> &monitors, const Watch &watch)
{
    QList<WallTile> tiles;
    tiles.reserve(monitors.size());
    const UtcMs now = watch.now();
    for (const Monitor &monitor : monitors)
        tiles.append(wallTile(monitor, watch.status(monitor.id), now));
    qualifyRepeatedNames(tiles);
    markLikeBeginnings(tiles);
    foldConsequences(tiles, monitors);
    std::stable_sort(tiles.begin(), tiles.end(), [](const WallTile &a, const WallTile &b) {
        if (rank(a.state) != rank(b.state))
            return rank(a.state) < rank(b.state);
        return isProblem(a.state) && a.since > b.since;
    });
    return tiles;
}

int problemCount(const QList<WallTile> &tiles)
{
    return static_cast<int>(std::count_if(tiles.cbegin(), tiles.cend(),
                                          [](const WallTile &tile) { return isProblem(tile.state); }));
}

WallCounts countsOf(const QList<WallTile> &tiles, const Watch &watch)
{
    WallCounts counts;
    for (const WallTile &tile : tiles) {
        const int hidden = static_cast<int>(tile.consequences.size());
        counts.all += 1 + hidden;
        counts.consequences += hidden;
        counts.trouble += isTrouble(tile.state);
        counts.well += tile.state == State::Up;
        counts.paused += tile.state == State::Paused;
        counts.maintenance += tile.state == State::Maintenance;
        counts.unobserved += tile.state == State::NotObserved;
        const std::optional<Sample> last = watch.status(tile.monitor).last;
        counts.ownNetworkLost |= last && last->outcome == Outcome::LocalNetwork;
    }
    return counts;
}

bool isStalled(const WatchHealth &health, const QList<Monitor> &monitors, UtcMs now)
{
    constexpr qint64 kPatience = 30'000;
    if (!health.alive)
        return true;
    qint64 shortest = 0;
    for (const Monitor &monitor : monitors) {
        const qint64 wait = 2 * monitor.interval.count() + monitor.timeout.count();
        if (!monitor.paused && (shortest == 0 || wait < shortest))
            shortest = wait;
    }
    return shortest > 0 && health.lastSampleAt > 0 &&
           now - health.lastSampleAt > std::max(shortest, kPatience);
}

QString headlineSentence(const WallCounts &counts, const WatchHealth &health, UtcMs now)
{
    if (counts.trouble > 0)
        return Wall::tr("%n of %1 in trouble", nullptr, counts.trouble).arg(counts.all);
    if (counts.ownNetworkLost)
        return health.ownNetworkLostAt > 0
                   ? Wall::tr("Own network lost for %1")
                         .arg(durationText(milliseconds(now - health.ownNetworkLostAt)))
                   : Wall::tr("Own network lost");
    if (health.lastSampleAt == 0)
        return Wall::tr("No answers yet");
    if (counts.well == 0)
        return Wall::tr("Nothing is being watched");
    if (counts.all == 1)
        return Wall::tr("All is well");
    if (counts.well == counts.all)
        return Wall::tr("All %n are well", nullptr, counts.all);
    return Wall::tr("%n of %1 are well", nullptr, counts.well).arg(counts.all);
}

QString headlineDetails(const WallCounts &counts, const WatchHealth &health, UtcMs now)
{
    QStringList parts;
    if (counts.ownNetworkLost && counts.trouble > 0)
        parts.append(Wall::tr("own network lost"));
    else if (!counts.ownNetworkLost && health.lastSampleAt > 0)
        parts.append(Wall::tr("own network fine"));
    if (counts.consequences > 0)
        parts.append(Wall::tr("%n unreachable because of that", nullptr, counts.consequences));
    if (counts.maintenance > 0)
        parts.append(Wall::tr("%n in maintenance", nullptr, counts.maintenance));
    if (counts.unobserved > 0 && health.lastSampleAt > 0)
        parts.append(Wall::tr("%n not observed", nullptr, counts.unobserved));
    if (counts.paused > 0)
        parts.append(Wall::tr("%n paused", nullptr, counts.paused));
    if (health.lastSampleAt > 0)
        parts.append(Wall::tr("last sweep %1").arg(agoText(health.lastSampleAt, now)));
    else
        parts.append(Wall::tr("%n being asked", nullptr, counts.all));
    return parts.join(QStringLiteral(" · "));
}

} // namespace backwatch
