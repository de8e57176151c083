// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/incidentfilereader.h"

#include "app/core/redaction.h"
#include "app/diagnosis/diagnosisjson.h"
#include "app/diagnosis/reasoning.h"
#include "app/history/availabilityreader.h"
#include "app/history/diagnosisstatements.h"
#include "app/history/outageclass.h"

#include <QJsonDocument>

namespace backwatch {

namespace {

constexpr qint64 kAroundMs = 300'000;

/// What is at hand still holds the secrets that the database never gets; no screen gets them either.
ExchangePtr redactedCopy(const ExchangePtr &exchange)
{
    return exchange ? std::make_shared<const Exchange>(redacted(*exchange)) : nullptr;
}

/// What was thought of it last; an incident from before diagnoses were kept gets one from its evidence.
Result<void> completeDiagnosis(HistoryReader &reader, const Interpreters &interpreters, IncidentFile &file)
{
    if (file.diagnosis.madeAt != 0)
        return {};
    const auto stored = diagnosesOf(reader.database(), file.incident.id);
    if (!stored)
        return tl::make_unexpected(stored.error());
    if (!stored->isEmpty()) {
        file.diagnosis = diagnosisFromJson(QJsonDocument::fromJson(stored->last().document).object());
    } else if (file.evidence.failed) {
        const Exchange &failed = *file.evidence.failed;
        file.diagnosis = diagnose(failed, interpreters.fingerprints.recognise(failed), {});
    }
    return {};
}

/// What was said of it, and what that makes of the figures.
Result<void> completeAccount(const HistoryReader &reader, UtcMs now, IncidentFile &file)
{
    const auto said = classificationsOf(reader.database(), file.incident.id);
    if (!said)
        return tl::make_unexpected(said.error());
    file.said = *said;
    const UtcMs end = file.incident.closedAt.value_or(now);
    const auto figures =
        availabilities(reader, {file.incident.monitor}, {{end - kAvailabilitySpan.count(), end}});
    if (!figures)
        return tl::make_unexpected(figures.error());
    file.availability = figures->first().first().share();
    return {};
}

} // namespace

Result<IncidentFile> readIncidentFile(HistoryReader &reader, IncidentId id, const IncidentFile &live,
                                      UtcMs now, const Interpreters &interpreters)
{
    IncidentFile file = live;
    if (file.incident.id == 0) {
        const auto incident = reader.incident(id);
        if (!incident)
            return tl::make_unexpected(incident.error());
        const auto evidence = reader.evidence(id);
        if (!evidence)
            return tl::make_unexpected(evidence.error());
        file.incident = *incident;
        file.evidence = *evidence;
    }
    file.evidence = {redactedCopy(file.evidence.failed), redactedCopy(file.evidence.lastGood)};
    if (file.evidence.failed && file.evidence.lastGood)
        file.differences = exchangeDifference(*file.evidence.lastGood, *file.evidence.failed);
    const auto around = reader.samples(file.incident.monitor, file.incident.openedAt - kAroundMs,
                                       file.incident.closedAt.value_or(now) + kAroundMs);
    if (!around)
        return tl::make_unexpected(around.error());
    file.around = *around;
    if (const auto known = completeDiagnosis(reader, interpreters, file); !known)
        return tl::make_unexpected(known.error());
    if (const auto counted = completeAccount(reader, now, file); !counted)
        return tl::make_unexpected(counted.error());
    file.guide = interpreters.playbooks.guideFor(file.incident, file.diagnosis, file.evidence.failed.get());
    return file;
}

} // namespace backwatch
