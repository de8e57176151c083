// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/loadlines.h"

#include "app/core/loadmetric.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace backwatch {

namespace {

using enum LoadMetric;

/// Readings come every half a minute; one that is missed makes no gap.
constexpr qint64 kTolerated = 90'000;

struct LoadWords
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::LoadChart)
};

QString labelOf(LoadMetric metric)
{
    switch (metric) {
    case HostLoad1:
        return LoadWords::tr("Load average");
    case HostCpuBusy:
        return LoadWords::tr("CPU");
    case HostMemoryAvailable:
        return LoadWords::tr("Memory");
    case HostDiskFree:
        return LoadWords::tr("Disk");
    case NginxActive:
        return LoadWords::tr("nginx, open");
    case NginxReading:
        return LoadWords::tr("nginx, reading");
    case NginxWriting:
        return LoadWords::tr("nginx, answering");
    case NginxWaiting:
        return LoadWords::tr("nginx, idle");
    case NginxDropped:
        return LoadWords::tr("nginx, dropped");
    case NginxRequests:
        return LoadWords::tr("nginx");
    case ApacheBusy:
        return LoadWords::tr("Apache workers");
    case ApacheIdle:
        return LoadWords::tr("Apache workers, idle");
    case ApacheRequests:
        return LoadWords::tr("Apache");
    case HaproxyQueue:
        return LoadWords::tr("HAProxy");
    case HaproxySessions:
        return LoadWords::tr("HAProxy sessions");
    case HaproxyFullest:
        return LoadWords::tr("HAProxy, fullest part");
    case PhpFpmActive:
        return LoadWords::tr("PHP-FPM workers");
    case PhpFpmQueue:
        return LoadWords::tr("PHP-FPM");
    case PhpFpmLimitReached:
        return LoadWords::tr("PHP-FPM, no more workers");
    case PhpFpmRequests:
        return LoadWords::tr("PHP-FPM");
    }
    return {};
}

/// Where there is no limit that a share could be of.
LoadFamily familyOf(LoadMetric metric)
{
    if (loadUnit(metric) == LoadUnit::PerSecond)
        return LoadFamily::Requests;
    switch (metric) {
    case HostLoad1:
    case NginxDropped:
    case HaproxyQueue:
    case PhpFpmQueue:
    case PhpFpmLimitReached:
        return LoadFamily::Waiting;
    default:
        return LoadFamily::Connections;
    }
}

bool isUseOfItsLimit(LoadMetric metric)
{
    return metric == HostLoad1 || metric == ApacheBusy || metric == HaproxyFullest || metric == PhpFpmActive;
}

/// Of these the source tells what is left.
bool isLeft(LoadMetric metric)
{
    return metric == HostMemoryAvailable || metric == HostDiskFree;
}

LoadPoint scaled(const LoadPoint &point, double by)
{
    return {point.at, point.mean * by, point.least * by, point.most * by};
}

/// The one that held then; before all that are known, the first.
double limitAt(const QList<LoadLimit> &limits, UtcMs time)
{
    const auto after = std::partition_point(limits.cbegin(), limits.cend(),
                                            [time](const LoadLimit &limit) { return limit.at <= time; });
    return after == limits.cbegin() ? after->value : std::prev(after)->value;
}

bool isAlwaysLimited(const QList<LoadLimit> &limits)
{
    return !limits.isEmpty() && std::all_of(limits.cbegin(), limits.cend(),
                                            [](const LoadLimit &limit) { return limit.value > 0; });
}

LoadLine lineOf(LoadMetric metric, const LoadSeries &series)
{
    LoadLine line{familyOf(metric), labelOf(metric), series.points};
    const bool isShare = loadUnit(metric) == LoadUnit::Share;
    if (!isShare && !(isUseOfItsLimit(metric) && isAlwaysLimited(series.limits)))
        return line;
    line.family = LoadFamily::Use;
    for (auto &point : line.points) {
        if (isLeft(metric))
            point = {point.at, 1 - point.mean, 1 - point.most, 1 - point.least};
        point = scaled(point, isShare ? 100 : 100 / limitAt(series.limits, point.at));
    }
    return line;
}

/// The usual distance of two points: that of the chart's resolution.
qint64 usualDistance(const QList<LoadPoint> &points)
{
    QList<qint64> distances;
    for (qsizetype i = 1; i < points.size(); ++i)
        distances.append(points[i].at - points[i - 1].at);
    if (distances.isEmpty())
        return 0;
    const auto middle = distances.begin() + distances.size() / 2;
    std::nth_element(distances.begin(), middle, distances.end());
    return *middle;
}

qint64 toleratedDistance(const QList<LoadPoint> &points)
{
    return std::max(kTolerated, usualDistance(points) * 5 / 2);
}

} // namespace

QString loadFamilyName(LoadFamily family)
{
    switch (family) {
    case LoadFamily::Use:
        return LoadWords::tr("Load: share in use");
    case LoadFamily::Waiting:
        return LoadWords::tr("Load: waiting or turned away");
    case LoadFamily::Connections:
        return LoadWords::tr("Load: connections and workers");
    case LoadFamily::Requests:
        return LoadWords::tr("Load: requests a second");
    }
    return {};
}

QList<LoadLine> loadLines(const QList<LoadSeries> &series)
{
    QList<LoadLine> lines;
    for (const auto &one : series)
        if (const auto metric = loadMetricFromId(one.name); metric && !one.points.isEmpty())
            lines.append(lineOf(*metric, one));
    return lines;
}

QList<LatencyRun> loadRuns(const QList<LoadPoint> &points)
{
    QList<LatencyRun> runs;
    const qint64 tolerated = toleratedDistance(points);
    for (qsizetype i = 0; i < points.size(); ++i) {
        if (!runs.isEmpty() && points[i].at - points[i - 1].at <= tolerated)
            runs.last().last = i;
        else
            runs.append({i, i});
    }
    return runs;
}

std::optional<double> loadAt(const LoadLine &line, UtcMs time)
{
    const auto after = std::partition_point(line.points.cbegin(), line.points.cend(),
                                            [time](const LoadPoint &point) { return point.at <= time; });
    if (after == line.points.cbegin())
        return std::nullopt;
    const LoadPoint &point = *std::prev(after);
    return time - point.at <= toleratedDistance(line.points) ? std::optional(point.mean) : std::nullopt;
}

QString loadValueText(LoadFamily family, double value)
{
    const QLocale locale;
    const bool isWhole = family == LoadFamily::Use || value >= 10 || value == std::floor(value);
    const QString number = locale.toString(value, 'f', isWhole ? 0 : 1);
    if (family == LoadFamily::Use)
        return LoadWords::tr("%1 %").arg(number);
    return family == LoadFamily::Requests ? LoadWords::tr("%1/s", "a rate").arg(number) : number;
}

} // namespace backwatch
