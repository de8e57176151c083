// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/checkonce.h"

#include "app/config/monitorfromaddress.h"
#include "app/evaluate/groupsample.h"
#include "app/probes/probe.h"
#include "app/service/monitorlinks.h"

#include <QEventLoop>

namespace backwatch {

namespace {

/// By its one answer; nobody waits for a confirmation here.
State believedOf(const Sample &sample)
{
    switch (judgementOf(sample.outcome)) {
    case Judgement::Good:
        return State::Up;
    case Judgement::Degraded:
        return State::Degraded;
    case Judgement::Failed:
        return State::Down;
    case Judgement::Neutral:
        break;
    }
    return State::NotObserved;
}

} // namespace

CheckResult checkOnce(Probe &probes, const Monitor &monitor)
{
    CheckResult result;
    QEventLoop loop;
    QObject::connect(&probes, &Probe::answered, &loop, [&](const QList<ProbeAnswer> &answers) {
        result = answers.first().result;
        loop.quit();
    });
    probes.start({1, monitor.id, monitor.check, monitor.timeout});
    loop.exec();
    return result;
}

Sample checkGroupOnce(const Monitor &group, const Configuration &configuration, UtcMs at,
                      const std::function<Sample(const Monitor &)> &check)
{
    const auto ids = MonitorLinks(configuration).membersOf(group.id);
    QList<GroupMember> members;
    for (const auto &monitor : configuration.monitors) {
        if (monitor.paused || !ids.contains(monitor.id))
            continue;
        const Sample last = check(monitor);
        members.append({monitor.name, believedOf(last), last});
    }
    Sample sample = groupSample(std::get<GroupCheck>(group.check), members, at);
    sample.monitor = group.id;
    return sample;
}

Result<Monitor> monitorForUrl(const QString &url)
{
    return monitorFromAddress(url);
}

} // namespace backwatch
