// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/incidentdiagnosis.h"

#include "app/core/redaction.h"
#include "app/diagnosis/reasoning.h"
#include "app/service/diagnosisdesk.h"

namespace backwatch {

namespace {

/// So far back a pattern counts as the present.
constexpr qint64 kLastMinutesMs = 600'000;

Exchange exchangeOf(const LiveMonitor &live)
{
    if (live.firstFailureExchange)
        return redacted(*live.firstFailureExchange);
    const Sample &sample = live.firstFailure;
    Exchange exchange;
    exchange.startedAt = sample.startedAt;
    exchange.outcome = sample.outcome;
    exchange.detail = sample.detail;
    exchange.status = sample.httpStatus;
    exchange.phases = sample.phases;
    exchange.address = sample.address;
    return exchange;
}

} // namespace

Neighbour neighbourOf(const LiveMonitor &other, bool isDependency)
{
    Neighbour neighbour;
    neighbour.name = other.monitor.name;
    neighbour.layer = other.monitor.layer;
    neighbour.kind = checkKind(other.monitor.check);
    neighbour.state = other.state.state;
    neighbour.isDependency = isDependency;
    if (other.last) {
        neighbour.outcome = other.last->outcome;
        neighbour.detail = other.last->detail;
    }
    return neighbour;
}

Diagnosis diagnosisOf(const LiveMonitor &live, DiagnosisContext context, UtcMs now)
{
    context.watched = contextOf(live.monitor).watched;
    context.lastGood = live.lastGood;
    const auto recent = live.recent.list();
    for (const auto &stored : recent)
        if (stored.sample.startedAt >= now - kLastMinutesMs)
            context.recent.append(stored);
    context.answeredQuestions = live.answers;
    live.load.describe(context);
    Diagnosis diagnosis = diagnose(exchangeOf(live), live.recognition, context);
    diagnosis.madeAt = now;
    return diagnosis;
}

bool saysSomethingElse(const Diagnosis &newer, const Diagnosis &older)
{
    const auto outline = [](const Diagnosis &diagnosis) {
        QStringList words;
        for (const auto &cause : diagnosis.causes) {
            words.append(causeId(cause.kind).toString() +
                         QString::number(static_cast<int>(cause.confidence)));
            // It may stand first before a source of load speaks for it.
            if (cause.kind == CauseKind::Overload)
                words.append(QString::number(cause.supporting.size()));
        }
        return words;
    };
    return newer.failing != older.failing || newer.questions != older.questions ||
           outline(newer) != outline(older);
}

} // namespace backwatch
