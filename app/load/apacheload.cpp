// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/load/apacheload.h"

#include "app/load/loadtext.h"

#include <QHash>

namespace backwatch {

namespace {

/// One letter a slot, "." for one that no worker stands in; counts what is none away.
qsizetype slotsOf(QByteArrayView scoreboard)
{
    qsizetype slots = 0;
    for (const char letter : scoreboard)
        if (QByteArrayView("_SRWKDCLGI.").contains(letter))
            ++slots;
        else
            return 0;
    return slots;
}

QHash<QByteArray, QByteArrayView> fieldsOf(const QList<QByteArrayView> &lines)
{
    QHash<QByteArray, QByteArrayView> fields;
    for (const auto &line : lines) {
        const auto colon = line.indexOf(':');
        if (colon > 0 && colon < 64)
            fields.insert(line.first(colon).toByteArray(), line.sliced(colon + 1).trimmed());
    }
    return fields;
}

} // namespace

Result<LoadReport> parseApacheStatus(QByteArrayView text)
{
    if (isHtml(text))
        return failure(Error::Kind::Invalid,
                       LoadText::tr("A page for people came. Add ?auto to the address of Apache's status."));
    const auto lines = loadLines(text);
    if (!lines)
        return tl::make_unexpected(lines.error());
    const auto fields = fieldsOf(*lines);
    const auto busy = loadNumber(fields.value("BusyWorkers"));
    const auto idle = loadNumber(fields.value("IdleWorkers"));
    if (!busy || !idle)
        return failure(Error::Kind::Invalid,
                       LoadText::tr("What came is not the status of Apache. Name the address of a location "
                                    "with the handler server-status, with ?auto behind."));
    LoadReport report;
    LoadReading workers{LoadMetric::ApacheBusy, *busy};
    if (const auto slots = slotsOf(fields.value("Scoreboard")); slots > 0)
        workers.limit = static_cast<double>(slots);
    report.readings = {workers, {LoadMetric::ApacheIdle, *idle}};
    // Only with ExtendedStatus.
    if (const auto requests = loadNumber(fields.value("Total Accesses")))
        report.counters.insert(LoadCounter::ApacheRequests, *requests);
    return report;
}

} // namespace backwatch
