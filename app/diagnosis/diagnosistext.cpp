// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/diagnosistext.h"

#include "app/diagnosis/causewords.h"
#include "app/diagnosis/verdicttext.h"

namespace backwatch {

namespace {

QString answering(const Diagnosis &diagnosis, const QString &answer)
{
    const Recognition &by = diagnosis.recognition;
    if (diagnosis.status == 0)
        return VerdictText::tr("No answer came");
    const QString said = answer.isEmpty() ? QString::number(diagnosis.status) : answer;
    if (by.name.isEmpty())
        return VerdictText::tr("An unrecognised server answers %1").arg(said);
    if (by.confidence == Confidence::High)
        return VerdictText::tr("%1 answers %2").arg(by.name, said);
    return VerdictText::tr("Probably %1 answers %2").arg(by.name, said);
}

QString failingClause(const Diagnosis &diagnosis)
{
    if (diagnosis.failing.layer == Layer::Unknown)
        return VerdictText::tr("which part fails does not show");
    const QString part =
        diagnosis.failing.id.isEmpty()
            ? layerName(diagnosis.failing.layer)
            : VerdictText::tr("%1 (%2)").arg(layerName(diagnosis.failing.layer), diagnosis.failing.id);
    return VerdictText::tr("failing part: %1").arg(part);
}

} // namespace

QString layerName(Layer layer)
{
    switch (layer) {
    case Layer::Client:
        return VerdictText::tr("the client");
    case Layer::Dns:
        return VerdictText::tr("name resolution");
    case Layer::Edge:
        return VerdictText::tr("the content delivery network");
    case Layer::Balancer:
        return VerdictText::tr("the load balancer");
    case Layer::Cache:
        return VerdictText::tr("the cache");
    case Layer::WebServer:
        return VerdictText::tr("the web server");
    case Layer::Runtime:
        return VerdictText::tr("the application's runtime");
    case Layer::Application:
        return VerdictText::tr("the application");
    case Layer::Database:
        return VerdictText::tr("the database");
    case Layer::Host:
        return VerdictText::tr("the machine or its network");
    case Layer::Provider:
        return VerdictText::tr("the hosting provider");
    case Layer::Unknown:
        break;
    }
    return VerdictText::tr("an unknown part");
}

QString verdictSentence(const Diagnosis &diagnosis, const QString &answer)
{
    if (diagnosis.causes.isEmpty())
        return {};
    const Cause &first = diagnosis.causes.first();
    if (first.kind == CauseKind::Unknown)
        return VerdictText::tr("%1; %2, and what was seen does not tell why.")
            .arg(answering(diagnosis, answer), failingClause(diagnosis));
    const QString how = first.confidence == Confidence::High ? VerdictText::tr("cause")
                        : first.confidence == Confidence::Medium
                            ? VerdictText::tr("most likely cause")
                            : VerdictText::tr("possible cause among others");
    return VerdictText::tr("%1; %2; %3: %4.")
        .arg(answering(diagnosis, answer), failingClause(diagnosis), how, causeSentence(first.kind));
}

} // namespace backwatch
