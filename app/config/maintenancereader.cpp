// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/maintenancereader.h"

#include "app/config/connectionreader.h"
#include "app/config/monitorsfiletext.h"
#include "app/config/suggestion.h"
#include "app/config/webaddress.h"
#include "app/config/weekdaywords.h"
#include "app/core/cronexpression.h"

#include <QTimeZone>

#include <algorithm>

namespace backwatch {

namespace {

const QString kFrom = QStringLiteral("from");
const QString kTo = QStringLiteral("to");
const QString kDays = QStringLiteral("days");
const QString kAt = QStringLiteral("at");
const QString kCron = QStringLiteral("cron");
const QString kZone = QStringLiteral("zone");

std::optional<UtcMs> readMoment(FieldReader &fields, const QString &key)
{
    const bool given = fields.has(key);
    const auto text = fields.text(key);
    if (!given)
        fields.problems().add(fields.at(),
                              MonitorsFileText::tr("This maintenance needs %1 as well.").arg(key));
    if (!text)
        return std::nullopt;
    const auto moment = parseTimestamp(*text);
    if (!moment)
        fields.wrong(key, MonitorsFileText::tr("%1 is a moment such as 2027-01-31T22:00+01:00.").arg(key));
    return moment;
}

void readOnce(FieldReader &fields, MaintenanceWindow *window)
{
    window->kind = MaintenanceWindow::Kind::Once;
    const auto from = readMoment(fields, kFrom);
    const auto to = readMoment(fields, kTo);
    window->from = from.value_or(0);
    window->to = to.value_or(0);
    if (from && to && *from >= *to)
        fields.wrong(kTo, MonitorsFileText::tr("The maintenance ends before it begins."));
}

void readDays(FieldReader &fields, MaintenanceWindow *window)
{
    const auto words = weekdayWords();
    const auto node = fields.value(kDays);
    if (!node)
        return;
    if (scalarText(node) == kDailyWord) {
        for (int day = 1; day <= 7; ++day)
            window->weekdays += day;
        return;
    }
    const bool isList = node->kind == YamlNode::Kind::Sequence;
    for (const auto &item : isList ? node->items : std::vector<YamlNodePtr>{node}) {
        const QString word = scalarText(item).value_or(QString());
        const auto index = static_cast<int>(words.indexOf(word));
        if (index < 0)
            fields.problems().add(
                item->at,
                MonitorsFileText::tr("days is daily, or some of %1.").arg(words.join(QStringLiteral(", "))) +
                    didYouMean(word, words));
        else if (!window->weekdays.contains(index + 1))
            window->weekdays += index + 1;
    }
    std::sort(window->weekdays.begin(), window->weekdays.end());
    if (isList && node->items.empty())
        fields.wrong(kDays, MonitorsFileText::tr("days names no day."));
}

void readWeekly(FieldReader &fields, MaintenanceWindow *window)
{
    window->kind = MaintenanceWindow::Kind::Weekly;
    readDays(fields, window);
    const bool given = fields.has(kAt);
    const auto text = fields.text(kAt);
    window->start = QTime::fromString(text.value_or(QString()), QStringLiteral("H:mm"));
    if (!given)
        fields.problems().add(fields.at(),
                              MonitorsFileText::tr("This maintenance needs %1 as well.").arg(kAt));
    else if (text && !window->start.isValid())
        fields.wrong(kAt, MonitorsFileText::tr("at is a time of day such as \"02:30\"."));
}

void readCron(FieldReader &fields, MaintenanceWindow *window)
{
    window->kind = MaintenanceWindow::Kind::Cron;
    const auto text = fields.text(kCron);
    if (!text)
        return;
    window->cron = *text;
    if (const auto cron = CronExpression::parse(*text); !cron)
        fields.wrong(kCron, cron.error().sentence);
}

/// How long, and by which clock, for windows that come again.
void readRecurrence(FieldReader &fields, MaintenanceWindow *window)
{
    const QString length = QStringLiteral("for");
    const bool given = fields.has(length);
    if (const auto duration = fields.duration(length, {milliseconds(60'000), kLongestMaintenance}))
        window->duration = *duration;
    else if (!given)
        fields.problems().add(fields.at(),
                              MonitorsFileText::tr("This maintenance needs %1 as well.").arg(length));
    const auto zone = fields.text(kZone);
    if (!zone)
        return;
    window->zone = zone->toLatin1();
    if (!QTimeZone::isTimeZoneIdAvailable(window->zone))
        fields.wrong(kZone,
                     MonitorsFileText::tr("There is no time zone \"%1\". Write one such as Europe/Berlin.")
                         .arg(zone->left(60)));
}

MaintenanceWindow readWindow(FieldReader &fields)
{
    MaintenanceWindow window;
    if (fields.has(kCron))
        readCron(fields, &window);
    else if (fields.has(kDays) || fields.has(kAt))
        readWeekly(fields, &window);
    else
        readOnce(fields, &window);
    if (window.kind != MaintenanceWindow::Kind::Once)
        readRecurrence(fields, &window);
    window.reason = fields.text(QStringLiteral("reason")).value_or(QString());
    fields.finish();
    return window;
}

Witness readWitness(FieldReader &fields)
{
    Witness witness;
    const QStringList scopes{QStringLiteral("lan"), QStringLiteral("vpn"), QStringLiteral("wan")};
    if (const auto scope = readWord(fields, QStringLiteral("scope"), scopes))
        witness.scope = networkScopeFromId(scopes.at(*scope)).value_or(NetworkScope::Wan);
    else if (!fields.has(QStringLiteral("scope")))
        fields.problems().add(fields.at(), MonitorsFileText::tr("A witness needs a scope: lan, vpn or wan."));
    witness.host = readHost(fields);
    witness.port = static_cast<quint16>(fields.number(QStringLiteral("port"), 1, 65'535).value_or(0));
    fields.finish();
    return witness;
}

void readVantagePoints(FieldReader &fields, NetworkSettings &network)
{
    const QString key = QStringLiteral("vantagePoints");
    const auto *items = fields.list(key);
    for (const auto &item : items ? *items : std::vector<YamlNodePtr>()) {
        const auto text = scalarText(item);
        const auto url = text ? parseWebAddress(*text) : Result<QUrl>(QUrl());
        if (!url)
            fields.problems().add(item->at, url.error().sentence);
        else if (url->isEmpty())
            fields.problems().add(item->at, MonitorsFileText::tr("A vantage point is an address such as "
                                                                 "http://probe.example:9115/probe."));
        else
            network.vantagePoints.append(*url);
    }
}

} // namespace

QList<MaintenanceWindow> readMaintenance(FieldReader &fields)
{
    QList<MaintenanceWindow> windows;
    const auto *items = fields.list(QStringLiteral("maintenance"));
    for (const auto &item : items ? *items : std::vector<YamlNodePtr>()) {
        FieldReader window(item, MonitorsFileText::tr("A maintenance"), item->at, fields.problems());
        windows += readWindow(window);
    }
    return windows;
}

NetworkSettings readNetwork(FieldReader &fields)
{
    NetworkSettings network;
    const auto *items = fields.list(QStringLiteral("witnesses"));
    for (const auto &item : items ? *items : std::vector<YamlNodePtr>()) {
        FieldReader witness(item, MonitorsFileText::tr("A witness"), item->at, fields.problems());
        network.witnesses += readWitness(witness);
    }
    network.usualWitnesses = fields.flag(QStringLiteral("usualWitnesses")).value_or(network.usualWitnesses);
    constexpr int kMostPerHost = 100'000;
    network.checksPerHost =
        fields.number(QStringLiteral("checksPerHost"), 0, kMostPerHost).value_or(network.checksPerHost);
    network.questions = fields.flag(QStringLiteral("questions")).value_or(network.questions);
    readVantagePoints(fields, network);
    fields.finish();
    return network;
}

} // namespace backwatch
