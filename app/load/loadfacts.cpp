// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/load/loadfacts.h"

#include "app/load/loadtext.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>

namespace backwatch {

namespace {

using enum LoadMetric;

// When a machine is short of something. Below these Linux drops what it had cached of files and swaps, or
// kills programs; a mean of several processes waiting for each CPU is a wait that visitors notice; and
// databases and logs fail on what is left of a full disk.
constexpr double kLeastMemory = 0.05;
constexpr double kMostLoadPerCpu = 4;
constexpr double kLeastDisk = 0.02;

struct Reported
{
    const LoadReport &report;
    QString machine;
    QString time; ///< "04:12:30 UTC"
};

QString count(double number)
{
    return QString::number(std::llround(number));
}

QString percent(double share)
{
    return QString::number(share * 100, 'f', 1);
}

/// A number for a plural; what is larger than it can hold reads as its greatest.
int plural(double number)
{
    return static_cast<int>(std::clamp(number, 0.0, 2e9));
}

// PHP manual, "status page": "listen queue" counts requests that wait for a free process; FPM notes "max
// children reached" when pm.max_children keeps it from starting another one.
std::optional<LoadFact> ofPhpFpm(const Reported &of)
{
    const auto workers = of.report.reading(PhpFpmActive);
    if (!workers)
        return std::nullopt;
    const auto queue = of.report.reading(PhpFpmQueue);
    const auto reached = of.report.reading(PhpFpmLimitReached);
    const double total = workers->limit.value_or(workers->value);
    LoadFact fact{LoadStrain::Workers, {}, Layer::Runtime, QStringLiteral("php-fpm")};
    const QString busy =
        LoadText::tr("PHP-FPM: %1 of %n worker(s) busy", nullptr, plural(total)).arg(count(workers->value));
    if (queue && queue->value > 0)
        fact.sentence =
            LoadText::tr("%1, %n request(s) wait (%2).", nullptr, plural(queue->value)).arg(busy, of.time);
    else if (reached && reached->value > 0)
        fact.sentence = LoadText::tr("%1; pm.max_children kept it from starting another one just before "
                                     "(%2).")
                            .arg(busy, of.time);
    // The one that answers this question is busy with it.
    else if (of.report.workersAtMost && total > 1 && workers->value >= total)
        fact.sentence = LoadText::tr("%1, and it may start no more (%2).").arg(busy, of.time);
    else if (workers->value < total)
        // Of a socket in the file system FPM cannot see who waits, and names no length either.
        fact = {LoadStrain::Room, queue && queue->limit
                                      ? LoadText::tr("%1, no request waits (%2).").arg(busy, of.time)
                                      : QStringLiteral("%1 (%2).").arg(busy, of.time)};
    else
        return std::nullopt;
    return fact;
}

// Apache's mod_status: without an idle worker a new connection waits in the queue of the kernel.
std::optional<LoadFact> ofApache(const Reported &of)
{
    const auto busy = of.report.reading(ApacheBusy);
    const auto idle = of.report.reading(ApacheIdle);
    if (!busy || !idle)
        return std::nullopt;
    if (idle->value > 0)
        return LoadFact{LoadStrain::Room,
                        LoadText::tr("Apache: %n worker(s) busy, %1 idle (%2).", nullptr, plural(busy->value))
                            .arg(count(idle->value), of.time)};
    LoadFact fact{LoadStrain::Workers, {}, Layer::WebServer, QStringLiteral("apache")};
    fact.sentence =
        busy->limit
            ? LoadText::tr("Apache: %1 of %n worker(s) busy, none idle (%2).", nullptr, plural(*busy->limit))
                  .arg(count(busy->value), of.time)
            : LoadText::tr("Apache: %n worker(s) busy, none idle (%1).", nullptr, plural(busy->value))
                  .arg(of.time);
    return fact;
}

// HAProxy's management guide: "qcur" are requests that wait because every server has its maxconn; a frontend
// at its "slim" takes no further connection.
std::optional<LoadFact> ofHaproxy(const Reported &of)
{
    const auto queue = of.report.reading(HaproxyQueue);
    if (!queue)
        return std::nullopt;
    const auto fullest = of.report.reading(HaproxyFullest);
    const QString sessions =
        fullest ? LoadText::tr("%1 has %2 of %n session(s)", nullptr, plural(*fullest->limit))
                      .arg(fullest->part, count(fullest->value))
                : QString();
    const bool full = fullest && fullest->value >= *fullest->limit;
    LoadFact fact{LoadStrain::Workers, {}};
    if (full && !fullest->part.contains(u'/')) {
        fact.layer = Layer::Balancer;
        fact.product = QStringLiteral("haproxy");
    }
    if (queue->value > 0) {
        const QString waiting =
            LoadText::tr("HAProxy: %n request(s) wait for a server", nullptr, plural(queue->value));
        fact.sentence = full ? QStringLiteral("%1, %2 (%3).").arg(waiting, sessions, of.time)
                             : QStringLiteral("%1 (%2).").arg(waiting, of.time);
    } else if (full) {
        fact.sentence = QStringLiteral("HAProxy: %1 (%2).").arg(sessions, of.time);
    } else {
        fact = {LoadStrain::Room, LoadText::tr("HAProxy: no request waits for a server (%1).").arg(of.time)};
    }
    return fact;
}

// ngx_http_stub_status_module: "handled" falls behind "accepts" only where a limit such as
// worker_connections is met.
std::optional<LoadFact> ofNginx(const Reported &of)
{
    const auto dropped = of.report.reading(NginxDropped);
    if (!dropped || dropped->value <= 0)
        return std::nullopt;
    return LoadFact{LoadStrain::Workers,
                    LoadText::tr("nginx: %n connection(s) dropped just before, which a limit such as "
                                 "worker_connections had no room for (%1).",
                                 nullptr, plural(dropped->value))
                        .arg(of.time),
                    Layer::WebServer, QStringLiteral("nginx")};
}

std::optional<LoadFact> ofProcessors(const Reported &of)
{
    const auto load = of.report.reading(HostLoad1);
    if (!load || !load->limit)
        return std::nullopt;
    const auto strain = load->value > kMostLoadPerCpu * *load->limit ? LoadStrain::Machine : LoadStrain::Room;
    if (strain == LoadStrain::Room && load->value > *load->limit)
        return std::nullopt; // busy, and neither
    return LoadFact{strain, LoadText::tr("The machine %1: load average %2 on %n CPU(s) (%3).", nullptr,
                                         plural(*load->limit))
                                .arg(of.machine, QString::number(load->value, 'f', 1), of.time)};
}

std::optional<LoadFact> ofMemory(const Reported &of)
{
    const auto memory = of.report.reading(HostMemoryAvailable);
    if (!memory || memory->value >= kLeastMemory)
        return std::nullopt;
    return LoadFact{LoadStrain::Machine, LoadText::tr("The machine %1: %2 % of the memory is available (%3).")
                                             .arg(of.machine, percent(memory->value), of.time)};
}

std::optional<LoadFact> ofDisk(const Reported &of)
{
    const auto disk = of.report.reading(HostDiskFree);
    if (!disk || disk->value >= kLeastDisk)
        return std::nullopt;
    return LoadFact{LoadStrain::Machine,
                    LoadText::tr("The machine %1: %2 % of the file system at %3 is free (%4).")
                        .arg(of.machine, percent(disk->value), disk->part, of.time)};
}

constexpr std::array kFactRules{ofPhpFpm, ofApache, ofHaproxy, ofNginx, ofMemory, ofProcessors, ofDisk};

} // namespace

QList<LoadFact> loadFacts(const LoadReport &report, const QString &machine, UtcMs at)
{
    const Reported of{report, machine,
                      QDateTime::fromMSecsSinceEpoch(at, Qt::UTC).toString(QStringLiteral("hh:mm:ss 'UTC'"))};
    QList<LoadFact> facts;
    for (const auto rule : kFactRules)
        if (const auto fact = rule(of))
            facts.append(*fact);
    std::stable_sort(facts.begin(), facts.end(),
                     [](const LoadFact &a, const LoadFact &b) { return a.strain > b.strain; });
    return facts;
}

} // namespace backwatch
