// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/incidentscommand.h"

#include "app/commands/timeoption.h"
#include "app/config/changeaudit.h"
#include "app/diagnosis/diagnosisjson.h"
#include "app/diagnosis/diagnosistext.h"
#include "app/service/storedhistory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace backwatch {

namespace {

constexpr qint64 kMonthMs = 30LL * 86'400'000;

struct IncidentsCommandText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::IncidentsCommand)
};

QJsonObject json(const ListedIncident &listed)
{
    const Incident &incident = listed.incident;
    QJsonObject object{
        {QStringLiteral("id"), incident.id},
        {QStringLiteral("monitor"), listed.monitor},
        {QStringLiteral("openedAt"), formatTimestamp(incident.openedAt)},
        {QStringLiteral("outcome"), outcomeId(incident.outcome).toString()},
        {QStringLiteral("httpStatus"), incident.httpStatus},
        {QStringLiteral("detail"), incident.detail},
        {QStringLiteral("producer"), incident.producer},
        {QStringLiteral("countsAs"),
         outageClassId(listed.classification ? listed.classification->countsAs : OutageClass::Outage)
             .toString()}};
    if (incident.closedAt)
        object.insert(QStringLiteral("closedAt"), formatTimestamp(*incident.closedAt));
    if (listed.classification)
        object.insert(QStringLiteral("because"), listed.classification->reason);
    return object;
}

void print(const ListedIncident &listed, UtcMs now, QTextStream &out)
{
    const Incident &incident = listed.incident;
    const QString length =
        formatDuration(std::chrono::duration_cast<std::chrono::seconds>(incident.duration(now)));
    out << QStringLiteral("#%1  ").arg(incident.id) << formatTimestamp(incident.openedAt)
        << QStringLiteral("  ")
        << (incident.closedAt ? length : IncidentsCommandText::tr("%1, lasts").arg(length))
        << QStringLiteral("  ") << listed.monitor << QStringLiteral(": ") << incident.detail;
    if (listed.classification && listed.classification->countsAs != OutageClass::Outage)
        out << QStringLiteral("  [")
            << IncidentsCommandText::tr("counts as %1: %2")
                   .arg(outageClassId(listed.classification->countsAs), listed.classification->reason)
            << QStringLiteral("]");
    out << Qt::endl;
}

int list(const QCommandLineParser &parser, CommandContext &context)
{
    const auto range = rangeOptions(parser, context.clock.utcMs(), kMonthMs);
    if (!range) {
        report(range.error(), context);
        return kExitUsage;
    }
    const auto incidents = listIncidents(context.directory, range->from, range->to);
    if (!incidents)
        return report(incidents.error(), context);
    if (parser.isSet(QStringLiteral("json"))) {
        QJsonArray array;
        for (const auto &listed : *incidents)
            array.append(json(listed));
        context.out << QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Indented)) << Qt::flush;
        return kExitOk;
    }
    for (const auto &listed : *incidents)
        print(listed, context.clock.utcMs(), context.out);
    return kExitOk;
}

Result<IncidentId> incidentNumber(const QString &word)
{
    bool isNumber = false;
    const IncidentId incident = QString(word).remove(u'#').toLongLong(&isNumber);
    if (isNumber)
        return incident;
    return failure(Error::Kind::Invalid,
                   IncidentsCommandText::tr("“%1” is no number of an incident; “backwatch incidents” lists "
                                            "them.")
                       .arg(word));
}

/// What was thought of it and when, and what was said of it.
void print(const IncidentAccount &account, UtcMs now, QTextStream &out)
{
    print(account.listed, now, out);
    for (const auto &diagnosis : account.diagnoses)
        out << QStringLiteral("  ") << formatTimestamp(diagnosis.madeAt) << QStringLiteral("  ")
            << verdictSentence(diagnosis) << Qt::endl;
    for (const auto &said : account.classifications)
        out << QStringLiteral("  ") << formatTimestamp(said.at) << QStringLiteral("  ")
            << IncidentsCommandText::tr("%1: counts as %2, because: %3")
                   .arg(said.who, outageClassId(said.countsAs), said.reason)
            << Qt::endl;
}

int show(const QCommandLineParser &parser, CommandContext &context)
{
    const auto number = incidentNumber(parser.positionalArguments().first());
    if (!number)
        return report(number.error(), context);
    const auto account = incidentAccount(context.directory, *number);
    if (!account)
        return report(account.error(), context);
    if (!parser.isSet(QStringLiteral("json"))) {
        print(*account, context.clock.utcMs(), context.out);
        return kExitOk;
    }
    QJsonObject object = json(account->listed);
    QJsonArray diagnoses;
    for (const auto &diagnosis : account->diagnoses) {
        QJsonObject one = diagnosisJson(diagnosis, {});
        one.remove(QStringLiteral("steps"));
        one.insert(QStringLiteral("madeAt"), formatTimestamp(diagnosis.madeAt));
        diagnoses.append(one);
    }
    object.insert(QStringLiteral("diagnoses"), diagnoses);
    context.out << QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented)) << Qt::flush;
    return kExitOk;
}

Result<void> classify(const QCommandLineParser &parser, const CommandContext &context)
{
    const auto incident = incidentNumber(parser.positionalArguments().first());
    if (!incident)
        return tl::make_unexpected(incident.error());
    const auto countsAs = outageClassFromId(parser.value(QStringLiteral("count-as")));
    if (!countsAs)
        return failure(Error::Kind::Invalid,
                       IncidentsCommandText::tr("An outage can count as outage, maintenance or not-observed, "
                                                "not as “%1”.")
                           .arg(parser.value(QStringLiteral("count-as"))));
    return classifyOutage(
        context.directory, *incident,
        {*countsAs, parser.value(QStringLiteral("because")), currentAccount(), context.clock.utcMs()});
}

} // namespace

int incidentsCommand(const QStringList &arguments, CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("from"),
                        IncidentsCommandText::tr("First moment; 30 days before --to when it is left out."),
                        QStringLiteral("T")},
                       {QStringLiteral("to"),
                        IncidentsCommandText::tr("First moment that is left out; now when it is not given."),
                        QStringLiteral("T")},
                       {QStringLiteral("json"), IncidentsCommandText::tr("Print JSON instead of lines.")},
                       {QStringLiteral("count-as"),
                        IncidentsCommandText::tr("What the outage counts as in figures of availability."),
                        QStringLiteral("CLASS")},
                       {QStringLiteral("because"), IncidentsCommandText::tr("Why; reports quote it."),
                        QStringLiteral("TEXT")}});
    if (!parseArguments(parser, QStringLiteral("incidents"), arguments, context))
        return kExitUsage;
    const auto words = parser.positionalArguments();
    const bool classifies = parser.isSet(QStringLiteral("count-as"));
    if (words.size() > 1 || (classifies && words.isEmpty())) {
        context.err << IncidentsCommandText::tr(
                           "Usage: backwatch incidents [ID] [--from T] [--to T] [--json]\n"
                           "       backwatch incidents ID --count-as "
                           "outage|maintenance|not-observed --because TEXT")
                    << Qt::endl;
        return kExitUsage;
    }
    if (!classifies)
        return words.isEmpty() ? list(parser, context) : show(parser, context);
    const auto done = classify(parser, context);
    return done ? kExitOk : report(done.error(), context);
}

} // namespace backwatch
