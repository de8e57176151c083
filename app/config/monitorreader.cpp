// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/monitorreader.h"

#include "app/config/httpcheckreader.h"
#include "app/config/maintenancereader.h"
#include "app/config/monitorsfiletext.h"
#include "app/config/servercheckreader.h"
#include "app/config/suggestion.h"
#include "app/config/webaddress.h"

#include <QRegularExpression>

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kMostRetries = 100;
constexpr qsizetype kLongestName = 200;

QString problemWithName(const QString &name)
{
    if (name.trimmed().isEmpty())
        return MonitorsFileText::tr("The name is empty. Write one that people recognise.");
    if (name.contains(u'/'))
        return MonitorsFileText::tr(
                   "A name cannot contain \"/\", which stands between service and monitor: \"%1\".")
            .arg(name);
    if (std::any_of(name.begin(), name.end(), [](QChar c) {
            return c.category() == QChar::Other_Control || c == QChar::ByteOrderMark ||
                   c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
        }))
        return MonitorsFileText::tr("A name is one line without control characters.");
    if (name.size() > kLongestName)
        return MonitorsFileText::tr("The name is longer than %n character(s). Shorten it.", nullptr,
                                    static_cast<int>(kLongestName));
    return {};
}

QStringList layerIds()
{
    QStringList ids;
    for (int i = 0; i <= static_cast<int>(Layer::Unknown); ++i)
        ids += layerId(static_cast<Layer>(i)).toString();
    return ids;
}

void readLayer(FieldReader &fields, Monitor *monitor)
{
    const QString key = QStringLiteral("layer");
    const auto id = fields.text(key);
    if (!id)
        return;
    if (const auto layer = layerFromId(*id))
        monitor->layer = *layer;
    else
        fields.wrong(key, MonitorsFileText::tr("There is no layer \"%1\". Layers are %2.")
                                  .arg(*id, layerIds().join(QStringLiteral(", "))) +
                              didYouMean(*id, layerIds()));
}

void readDependsOn(FieldReader &fields, Monitor *monitor, MonitorPositions *positions)
{
    const auto *items = fields.list(QStringLiteral("dependsOn"));
    if (!items)
        return;
    for (const auto &item : *items) {
        if (const auto name = scalarText(item)) {
            monitor->dependsOn += *name;
            positions->dependsOn.append(item->at);
        } else {
            fields.problems().add(item->at, MonitorsFileText::tr("dependsOn takes the names of monitors."));
        }
    }
}

/// off, or how long an announced maintenance is believed.
void readAnnouncedMaintenance(FieldReader &fields, Monitor *monitor)
{
    using namespace std::chrono_literals;
    const QString key = QStringLiteral("announcedMaintenance");
    const auto node = fields.value(key);
    if (scalarText(node) == QStringLiteral("off"))
        monitor->announcedMaintenance = milliseconds(0);
    else if (const auto duration = fields.duration(key, {1min, 7 * 24h}))
        monitor->announcedMaintenance = *duration;
}

void readKind(FieldReader &fields, const DurationLimits &limits, Monitor *monitor,
              MonitorPositions *positions)
{
    const QString http = QStringLiteral("http");
    QStringList given;
    fields.couldHave(QStringList{http} + serverKinds());
    for (const auto &kind : QStringList{http} + serverKinds()) {
        if (!fields.has(kind))
            continue;
        given += kind;
        auto check = fields.map(kind);
        if (!check || given.size() > 1)
            continue;
        if (kind == http)
            monitor->check = readHttpCheck(*check, limits);
        else
            monitor->check = readServerCheck(kind, *check, limits, &positions->members);
    }
    if (given.isEmpty())
        fields.problems().add(
            fields.at(),
            MonitorsFileText::tr("The monitor does not say what to check. Add a line such as http: "
                                 "{url: \"https://shop.example/\"}."));
    else if (given.size() > 1)
        fields.wrong(given.at(1), MonitorsFileText::tr(
                                      "A monitor checks one thing; here are %1 and %2. Give each its own.")
                                      .arg(given.at(0), given.at(1)));
}

} // namespace

DurationLimits DurationLimits::forFiles()
{
    using namespace std::chrono_literals;
    return {.interval = {1s, 7 * 24h}, .timeout = {100ms, 10min}};
}

DurationLimits DurationLimits::forStored()
{
    const DurationRange any{milliseconds(0), milliseconds::max()};
    return {.interval = any, .timeout = any};
}

void readTimes(FieldReader &fields, const DurationLimits &limits, Monitor *monitor)
{
    if (const auto interval = fields.duration(QStringLiteral("interval"), limits.interval))
        monitor->interval = *interval;
    if (const auto timeout = fields.duration(QStringLiteral("timeout"), limits.timeout))
        monitor->timeout = *timeout;
    if (const auto retries = fields.number(QStringLiteral("retries"), 0, kMostRetries))
        monitor->retries = *retries;
    if (const auto interval = fields.duration(QStringLiteral("retryInterval"), limits.interval))
        monitor->retryInterval = *interval;
}

void readMonitor(FieldReader &fields, const DurationLimits &limits, Monitor *monitor,
                 MonitorPositions *positions)
{
    readLayer(fields, monitor);
    readTimes(fields, limits, monitor);
    readDependsOn(fields, monitor, positions);
    monitor->maintenance = readMaintenance(fields);
    readAnnouncedMaintenance(fields, monitor);
    if (const auto paused = fields.flag(QStringLiteral("paused")))
        monitor->paused = *paused;
    readKind(fields, limits, monitor, positions);
}

QList<LoadSource> readLoad(FieldReader &service)
{
    QList<LoadSource> sources;
    auto load = service.map(QStringLiteral("load"));
    if (!load)
        return sources;
    const QStringList kinds{QStringLiteral("prometheus"), QStringLiteral("nginx"), QStringLiteral("apache"),
                            QStringLiteral("haproxy"), QStringLiteral("php-fpm")};
    for (const auto &key : load->keys()) { // in the order of the file
        if (!kinds.contains(key)) {
            load->wrong(key, MonitorsFileText::tr("Load cannot be read from \"%1\". Known are %2.")
                                     .arg(key, kinds.join(QStringLiteral(", "))) +
                                 didYouMean(key, kinds));
            continue;
        }
        const auto text = load->text(key);
        if (!text)
            continue;
        if (const auto url = parseWebAddress(*text))
            sources.append({key, *url});
        else
            load->wrong(key, url.error().sentence);
    }
    return sources;
}

QMap<QString, milliseconds> readTimeouts(FieldReader &service, const DurationLimits &limits)
{
    static const QRegularExpression product(QStringLiteral("\\A[a-z0-9][a-z0-9-]{0,40}\\z"));
    QMap<QString, milliseconds> timeouts;
    auto map = service.map(QStringLiteral("timeouts"));
    if (!map)
        return timeouts;
    for (const auto &key : map->keys()) {
        if (!product.match(key).hasMatch())
            map->wrong(key, MonitorsFileText::tr("\"%1\" is no product; write its name in lower case, as in "
                                                 "\"nginx: 60s\".")
                                .arg(key.left(100)));
        else if (const auto timeout = map->duration(key, {milliseconds(1), limits.interval.most}))
            timeouts.insert(key, *timeout);
    }
    return timeouts;
}

QString readName(FieldReader &fields)
{
    const QString key = QStringLiteral("name");
    const bool given = fields.has(key);
    const auto name = fields.text(key);
    if (!given && !fields.keys().isEmpty())
        fields.problems().add(fields.at(), MonitorsFileText::tr("%1 needs a name.").arg(fields.what()));
    if (!name)
        return {};
    const QString problem = problemWithName(*name);
    if (problem.isEmpty())
        return *name;
    fields.wrong(key, problem);
    return {};
}

} // namespace backwatch
