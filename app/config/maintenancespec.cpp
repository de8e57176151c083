// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/checkspecs.h"
#include "app/config/webaddress.h"
#include "app/config/weekdaywords.h"

namespace backwatch {

namespace {

void addWeekly(const MaintenanceWindow &window, SpecMap &map)
{
    const auto words = weekdayWords();
    QStringList days;
    for (const int day : window.weekdays)
        days += words.value(day - 1);
    if (days == words)
        map.node(QStringLiteral("days"), textNode(kDailyWord));
    else
        map.texts(QStringLiteral("days"), days);
    map.text(QStringLiteral("at"), window.start.toString(QStringLiteral("HH:mm")));
}

SpecNode windowSpec(const MaintenanceWindow &window)
{
    SpecMap map(Usual::LeftOut);
    switch (window.kind) {
    case MaintenanceWindow::Kind::Once:
        map.text(QStringLiteral("from"), formatTimestamp(window.from));
        map.text(QStringLiteral("to"), formatTimestamp(window.to));
        break;
    case MaintenanceWindow::Kind::Weekly:
        addWeekly(window, map);
        break;
    case MaintenanceWindow::Kind::Cron:
        map.text(QStringLiteral("cron"), window.cron);
        break;
    }
    if (window.kind != MaintenanceWindow::Kind::Once) {
        map.duration(QStringLiteral("for"), window.duration);
        map.text(QStringLiteral("zone"), QString::fromLatin1(window.zone));
    }
    map.text(QStringLiteral("reason"), window.reason);
    return map.node();
}

} // namespace

SpecNode maintenanceSpec(const QList<MaintenanceWindow> &windows)
{
    SpecNode node;
    node.kind = SpecNode::Kind::List;
    for (const auto &window : windows)
        node.items += windowSpec(window);
    return node;
}

SpecNode networkSpec(const NetworkSettings &network, Usual usual)
{
    const NetworkSettings usualSettings;
    SpecNode witnesses;
    witnesses.kind = SpecNode::Kind::List;
    for (const auto &witness : network.witnesses) {
        SpecMap item(Usual::LeftOut);
        item.text(QStringLiteral("scope"), networkScopeId(witness.scope).toString());
        item.text(QStringLiteral("host"), witness.host);
        item.number(QStringLiteral("port"), witness.port, 0);
        witnesses.items += item.node();
    }
    SpecMap map(usual);
    map.part(QStringLiteral("witnesses"), witnesses);
    map.flag(QStringLiteral("usualWitnesses"), network.usualWitnesses, usualSettings.usualWitnesses);
    map.number(QStringLiteral("checksPerHost"), network.checksPerHost, usualSettings.checksPerHost);
    map.flag(QStringLiteral("questions"), network.questions, usualSettings.questions);
    QStringList points;
    for (const auto &point : network.vantagePoints)
        points += writtenWebAddress(point);
    map.texts(QStringLiteral("vantagePoints"), points);
    return map.node();
}

} // namespace backwatch
