// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/diagnosisdesk.h"

#include "app/core/redaction.h"
#include "app/diagnosis/askedsofar.h"
#include "app/diagnosis/reasoning.h"

#include <QCoreApplication>
#include <QFile>

namespace backwatch {

namespace {

/// A browser's recording of a whole session; what is larger is refused before it fills the memory.
constexpr qint64 kLargestRecording = 512LL * 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("DiagnosisDesk", text);
}

Incident incidentOf(const Exchange &exchange, const Diagnosis &diagnosis)
{
    Incident incident;
    incident.openedAt = exchange.startedAt;
    incident.confirmedAt = exchange.startedAt;
    incident.outcome = exchange.outcome;
    incident.httpStatus = exchange.status;
    incident.detail = exchange.detail;
    incident.producer = diagnosis.recognition.producer;
    incident.references = diagnosis.recognition.references;
    return incident;
}

} // namespace

QStringList Finding::stepIds() const
{
    QStringList ids;
    for (const auto &step : guide.steps)
        ids.append(step.id);
    return ids;
}

DiagnosisDesk::DiagnosisDesk(Fingerprints fingerprints, Playbooks playbooks)
    : m_fingerprints(std::move(fingerprints)), m_playbooks(std::move(playbooks))
{
}

Result<DiagnosisDesk> DiagnosisDesk::open()
{
    auto fingerprints = Fingerprints::load(QStringLiteral(":/fingerprints"));
    if (!fingerprints)
        return tl::make_unexpected(fingerprints.error());
    auto playbooks = Playbooks::load(QStringLiteral(":/playbooks"));
    if (!playbooks)
        return tl::make_unexpected(playbooks.error());
    return DiagnosisDesk(*std::move(fingerprints), *std::move(playbooks));
}

Finding DiagnosisDesk::find(const Exchange &exchange, const DiagnosisContext &context, UtcMs now) const
{
    const Exchange shown = redacted(exchange);
    Finding finding;
    finding.diagnosis = diagnose(shown, m_fingerprints.recognise(shown), context);
    finding.diagnosis.madeAt = now;
    finding.guide = guideFor(shown, finding.diagnosis);
    return finding;
}

Guide DiagnosisDesk::guideFor(const Exchange &exchange, const Diagnosis &diagnosis) const
{
    return m_playbooks.guideFor(incidentOf(exchange, diagnosis), diagnosis, &exchange);
}

DiagnosisContext contextOf(const Monitor &monitor)
{
    DiagnosisContext context;
    context.watched = layerOf(monitor.layer, monitor.check);
    return context;
}

Result<RecordedExchange> readRecording(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return failure(
            Error::Kind::Unreadable,
            tr("%1 cannot be read: %2. Name a HAR file that is there.").arg(fileName, file.errorString()));
    if (file.size() > kLargestRecording)
        return failure(
            Error::Kind::Unreadable,
            tr("%1 is larger than 512 MiB. Save the recording of the failed request alone.").arg(fileName));
    return recordedExchange(file.readAll());
}

} // namespace backwatch
