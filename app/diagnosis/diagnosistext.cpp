// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/diagnosistext.h"

#include "app/diagnosis/causewords.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Diagnosis", text);
}

QString answering(const Diagnosis &diagnosis, const QString &answer)
{
    const Recognition &by = diagnosis.recognition;
    if (diagnosis.status == 0)
        return tr("No answer came");
    const QString said = answer.isEmpty() ? QString::number(diagnosis.status) : answer;
    if (by.name.isEmpty())
        return tr("An unrecognised server answers %1").arg(said);
    if (by.confidence == Confidence::High)
        return tr("%1 answers %2").arg(by.name, said);
    return tr("Probably %1 answers %2").arg(by.name, said);
}

QString failingClause(const Diagnosis &diagnosis)
{
    if (diagnosis.failing.layer == Layer::Unknown)
        return tr("which part fails does not show");
    const QString part = diagnosis.failing.id.isEmpty()
                             ? layerName(diagnosis.failing.layer)
                             : tr("%1 (%2)").arg(layerName(diagnosis.failing.layer), diagnosis.failing.id);
    return tr("failing part: %1").arg(part);
}

} // namespace

QString layerName(Layer layer)
{
    switch (layer) {
    case Layer::Client:
        return tr("the client");
    case Layer::Dns:
        return tr("name resolution");
    case Layer::Edge:
        return tr("the content delivery network");
    case Layer::Balancer:
        return tr("the load balancer");
    case Layer::Cache:
        return tr("the cache");
    case Layer::WebServer:
        return tr("the web server");
    case Layer::Runtime:
        return tr("the application's runtime");
    case Layer::Application:
        return tr("the application");
    case Layer::Database:
        return tr("the database");
    case Layer::Host:
        return tr("the machine or its network");
    case Layer::Provider:
        return tr("the hosting provider");
    case Layer::Unknown:
        break;
    }
    return tr("an unknown part");
}

QString verdictSentence(const Diagnosis &diagnosis, const QString &answer)
{
    if (diagnosis.causes.isEmpty())
        return {};
    const Cause &first = diagnosis.causes.first();
    if (first.kind == CauseKind::Unknown)
        return tr("%1; %2, and what was seen does not tell why.")
            .arg(answering(diagnosis, answer), failingClause(diagnosis));
    const QString how = first.confidence == Confidence::High     ? tr("cause")
                        : first.confidence == Confidence::Medium ? tr("most likely cause")
                                                                 : tr("possible cause among others");
    return tr("%1; %2; %3: %4.")
        .arg(answering(diagnosis, answer), failingClause(diagnosis), how, causeSentence(first.kind));
}

} // namespace backwatch
