// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/walltile.h"

#include "app/core/answercode.h"
#include "ui/theme/format.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

class WallTileText
{
    Q_DECLARE_TR_FUNCTIONS(WallTile)
};

bool isStale(const WallTile &tile, UtcMs now)
{
    if (tile.state == State::Paused || tile.lastAt == 0)
        return false;
    return now - tile.lastAt > 2 * tile.interval.count();
}

QString durationOf(const WallTile &tile, UtcMs now)
{
    if (tile.since == 0)
        return stateWord(tile.state);
    return stateSinceText(tile.state, milliseconds(now - tile.since));
}

} // namespace

WallTile wallTile(const Monitor &monitor, const MonitorStatus &status, UtcMs now)
{
    WallTile tile;
    tile.monitor = monitor.id;
    tile.name = monitor.name;
    tile.service = monitor.service;
    tile.state = monitor.paused ? State::Paused : status.state.state;
    tile.since = status.state.since;
    if (tile.state == State::Down && status.incident)
        tile.since = status.incident->openedAt;
    tile.interval = monitor.interval;
    if (status.last) {
        tile.lastAt = status.last->startedAt;
        tile.answer = answerWord(*status.last);
        tile.httpStatus = answerCode(status.last->outcome, status.last->httpStatus);
        if (tile.httpStatus != kNoAnswer)
            tile.latency = latencyText(status.last->phases.total);
    }
    if (status.availability24h)
        tile.availability = shareText(*status.availability24h);
    tile.lastHour = status.lastHour;
    if (isTrouble(tile.state)) {
        tile.cause = status.cause;
        if (tile.cause.isEmpty() && status.last)
            tile.cause = status.last->detail;
        tile.cause = tile.cause.simplified();
    }
    if (status.incident && !status.incident->closedAt)
        tile.incident = status.incident->id;
    age(tile, now);
    return tile;
}

bool age(WallTile &tile, UtcMs now)
{
    const QString ageText = tile.lastAt == 0 ? QString() : agoText(tile.lastAt, now);
    const QString duration = durationOf(tile, now);
    const bool stale = isStale(tile, now);
    if (ageText == tile.age && duration == tile.duration && stale == tile.stale)
        return false;
    tile.age = ageText;
    tile.duration = duration;
    tile.stale = stale;
    return true;
}

bool looksLike(const WallTile &a, const WallTile &b)
{
    const auto hourEnds = [](const WallTile &tile) {
        const auto &hour = tile.lastHour;
        return hour.isEmpty() ? std::pair<UtcMs, UtcMs>()
                              : std::pair(hour.first().sample.startedAt, hour.last().sample.startedAt);
    };
    return a.monitor == b.monitor && a.name == b.name && a.endMatters == b.endMatters &&
           a.service == b.service && a.state == b.state && a.answer == b.answer && a.latency == b.latency &&
           a.availability == b.availability && a.cause == b.cause && a.incident == b.incident &&
           a.consequences == b.consequences && a.age == b.age && a.duration == b.duration &&
           a.stale == b.stale && hourEnds(a) == hourEnds(b);
}

bool isProblem(State state)
{
    return state == State::Down || state == State::Suspect || state == State::Degraded;
}

bool isTrouble(State state)
{
    return isProblem(state) || state == State::Unreachable;
}

QString spokenTile(const WallTile &tile)
{
    QStringList parts{tile.name};
    parts.append(isTrouble(tile.state) ? tile.duration : stateWord(tile.state));
    if (!tile.cause.isEmpty())
        parts.append(tile.cause);
    if (!tile.answer.isEmpty())
        parts.append(WallTileText::tr("answer %1").arg(tile.answer));
    if (!tile.latency.isEmpty())
        parts.append(tile.latency);
    if (!tile.age.isEmpty())
        parts.append(tile.stale ? WallTileText::tr("no newer answer than %1").arg(tile.age) : tile.age);
    if (!tile.availability.isEmpty())
        parts.append(WallTileText::tr("%1 available in 24 hours").arg(tile.availability));
    if (!tile.consequences.isEmpty())
        parts.append(WallTileText::tr("unreachable because of it: %1")
                         .arg(tile.consequences.join(QStringLiteral(", "))));
    return parts.join(QStringLiteral("; "));
}

} // namespace backwatch
