// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/diagnosecommand.h"

#include "app/commands/findingreport.h"
#include "app/commands/target.h"
#include "app/diagnosis/diagnosisjson.h"
#include "app/service/diagnosisdesk.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace backwatch {

namespace {

constexpr int kNoVerdict = 1;

struct DiagnoseCommandText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::DiagnoseCommand)
};

/// What a live diagnosis starts from: the answer of one check.
Result<Exchange> liveExchange(const QString &target, CommandContext &context)
{
    auto monitor = targetOf(target, context);
    if (!monitor)
        return tl::make_unexpected(monitor.error());
    if (!secretNames(monitor->check).isEmpty()) {
        const auto tell = [&context](const QString &sentence) { context.err << sentence << Qt::endl; };
        if (const auto filled = context.secrets().fillIn(monitor->check, tell); !filled)
            return tl::make_unexpected(filled.error());
    }
    const CheckResult result = context.check(*monitor);
    if (result.exchange)
        return *result.exchange;
    // Without an answer that could be kept there is still how it ended.
    Exchange exchange;
    const Sample &sample = result.sample;
    exchange.startedAt = sample.startedAt;
    exchange.outcome = sample.outcome;
    exchange.detail = sample.detail;
    exchange.status = sample.httpStatus;
    exchange.phases = sample.phases;
    exchange.address = sample.address;
    exchange.port = sample.port;
    exchange.certificate = sample.certificate;
    if (const auto *http = std::get_if<HttpCheck>(&monitor->check))
        exchange.url = http->url;
    return exchange;
}

int print(const Finding &finding, const QCommandLineParser &parser, CommandContext &context)
{
    if (parser.isSet(QStringLiteral("json"))) {
        const QJsonDocument document(diagnosisJson(finding.diagnosis, finding.stepIds()));
        context.out << QString::fromUtf8(document.toJson(QJsonDocument::Indented)) << Qt::flush;
    } else if (parser.isSet(QStringLiteral("guide"))) {
        context.out << findingMarkdown(finding) << Qt::flush;
    } else {
        context.out << findingText(finding) << Qt::flush;
    }
    return finding.diagnosis.causes.isEmpty() ? kNoVerdict : kExitOk;
}

} // namespace

int diagnoseCommand(const QStringList &arguments, CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({
        {QStringLiteral("har"), DiagnoseCommandText::tr("Read a recorded exchange; sends nothing."),
         QStringLiteral("FILE")},
        {QStringLiteral("json"), DiagnoseCommandText::tr("Print a JSON object.")},
        {QStringLiteral("guide"), DiagnoseCommandText::tr("Print the verdict and all steps as Markdown.")},
    });
    if (!parseArguments(parser, QStringLiteral("diagnose"), arguments, context))
        return kExitUsage;
    const bool recorded = parser.isSet(QStringLiteral("har"));
    const bool bothForms = parser.isSet(QStringLiteral("json")) && parser.isSet(QStringLiteral("guide"));
    if (parser.positionalArguments().size() != (recorded ? 0 : 1) || bothForms) {
        context.err << DiagnoseCommandText::tr(
                           "Usage: backwatch diagnose URL|NAME|--har FILE [--json|--guide]")
                    << Qt::endl;
        return kExitUsage;
    }
    const auto desk = DiagnosisDesk::open();
    if (!desk)
        return report(desk.error(), context);
    const auto exchange = recorded ? readRecording(parser.value(QStringLiteral("har")))
                                   : liveExchange(parser.positionalArguments().first(), context);
    if (!exchange)
        return report(exchange.error(), context);
    return print(desk->find(*exchange, {}, context.clock.utcMs()), parser, context);
}

} // namespace backwatch
