// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/diagnosisjson.h"
#include "app/history/diagnosisstatements.h"
#include "app/service/incidentdiagnosis.h"
#include "app/service/monitoringservice.h"

#include <QJsonDocument>

namespace backwatch {

/// What is known changes while an incident lasts; only what a person would read differently is stored.
void MonitoringService::diagnoseIncident(LiveMonitor &live)
{
    const auto parents = m_links.parentsOf(live.monitor.id);
    DiagnosisContext around;
    around.timeouts = timeoutsOf(m_configuration.current(), live.monitor.service);
    for (const auto &other : std::as_const(m_live)) {
        const bool dependency = parents.contains(other.monitor.id);
        const bool sameService =
            !live.monitor.service.isEmpty() && other.monitor.service == live.monitor.service;
        if (other.monitor.id != live.monitor.id && (dependency || sameService) && !other.monitor.paused)
            around.neighbours.append(neighbourOf(other, dependency));
    }
    if (const auto load = m_load.picture(live.monitor.service); load.overloaded || !live.load.overloaded)
        live.load = load;
    const Diagnosis diagnosis = diagnosisOf(live, around, now());
    if (live.diagnosis.madeAt != 0 && !saysSomethingElse(diagnosis, live.diagnosis))
        return;
    live.diagnosis = diagnosis;
    const StoredDiagnosis stored{diagnosis.madeAt,
                                 QJsonDocument(storedDiagnosis(diagnosis)).toJson(QJsonDocument::Compact)};
    m_parts.writer.change([id = live.incident->id, stored](QSqlDatabase &database) {
        return storeDiagnosis(database, id, stored);
    });
    tellLater(live.monitor.id);
}

/// Where so many incidents open at once that not all can be asked about, the rest is diagnosed from what is
/// known.
void MonitoringService::askAbout(const LiveMonitor &live)
{
    if (!m_options.asksQuestions || !m_configuration.current().network.questions || m_inquiry.isBusy())
        return;
    InquiryCase about;
    about.monitor = live.monitor;
    about.configuration = m_configuration.current();
    about.failed = live.firstFailureExchange;
    about.lastGood = live.lastGood;
    about.before = live.diagnosis;
    m_inquiry.begin(about, [this, monitor = live.monitor.id,
                            incident = live.incident->id](const QList<AnsweredQuestion> &answers) {
        const auto found = m_live.find(monitor);
        // It may have ended meanwhile; what was answered then is of no use to the next one.
        if (found == m_live.end() || !found->incident || found->incident->id != incident)
            return;
        found->answers = answers;
        diagnoseIncident(*found);
    });
}

/// Its machines have just come to their limit.
void MonitoringService::reviseForLoad(const QString &service)
{
    for (auto &live : m_live)
        if (live.monitor.service == service && live.incident && !live.incident->closedAt)
            diagnoseIncident(live);
}

/// A failure, or a recovery, of one part says something about the others.
void MonitoringService::reviseNeighbours(const LiveMonitor &changed)
{
    m_load.readSoon(changed.monitor.service);
    for (auto &other : m_live) {
        const bool related =
            m_links.parentsOf(other.monitor.id).contains(changed.monitor.id) ||
            (!changed.monitor.service.isEmpty() && other.monitor.service == changed.monitor.service);
        if (related && other.incident && !other.incident->closedAt && other.monitor.id != changed.monitor.id)
            diagnoseIncident(other);
    }
}

} // namespace backwatch
