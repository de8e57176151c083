// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/diagnosecommand.h"

#include "app/commands/findingreport.h"
#include "app/commands/target.h"
#include "app/config/webaddress.h"
#include "app/diagnosis/diagnosisjson.h"
#include "app/service/checkonce.h"
#include "app/service/diagnosisdesk.h"
#include "app/service/storedconfiguration.h"
#include "app/service/storedhistory.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace backwatch {

namespace {

constexpr int kNoVerdict = 1;
constexpr int kDeepestGroup = 8;

struct DiagnoseCommandText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::DiagnoseCommand)
};

/// What a live diagnosis starts from.
struct LiveFailure
{
    Monitor monitor;
    Exchange exchange;
};

/// Without an answer that could be kept there is still how it ended.
Exchange withoutAnswer(const Sample &sample, const CheckSpec &check)
{
    Exchange exchange;
    exchange.startedAt = sample.startedAt;
    exchange.outcome = sample.outcome;
    exchange.detail = sample.detail;
    exchange.status = sample.httpStatus;
    exchange.phases = sample.phases;
    exchange.address = sample.address;
    exchange.port = sample.port;
    exchange.certificate = sample.certificate;
    if (const auto *http = std::get_if<HttpCheck>(&check))
        exchange.url = http->url;
    return exchange;
}

Result<void> fillIn(Monitor &monitor, CommandContext &context)
{
    if (secretNames(monitor.check).isEmpty())
        return {};
    const auto tell = [&context](const QString &sentence) { context.err << sentence << Qt::endl; };
    return context.secrets().fillIn(monitor.check, tell);
}

/// A group has no answer of its own: it is about the first of its members that fails, or else the first one.
Result<Monitor> memberInTrouble(const Monitor &group, CommandContext &context, int depth = 0)
{
    if (!std::holds_alternative<GroupCheck>(group.check))
        return group;
    const auto configuration = storedConfiguration(context.directory);
    if (!configuration)
        return tl::make_unexpected(configuration.error());
    std::optional<Monitor> chosen;
    bool isFailing = false;
    checkGroupOnce(group, *configuration, context.clock.utcMs(), [&](const Monitor &member) {
        Sample sample;
        if (isFailing || depth > kDeepestGroup)
            return sample;
        auto one = memberInTrouble(member, context, depth + 1);
        if (one)
            if (const auto filled = fillIn(*one, context); filled)
                sample = context.check(*one).sample;
        isFailing = judgementOf(sample.outcome) == Judgement::Failed;
        if (one && (isFailing || !chosen))
            chosen = *one;
        return sample;
    });
    if (!chosen)
        return failure(
            Error::Kind::Unavailable,
            DiagnoseCommandText::tr("“%1” has no member that can be asked.").arg(qualifiedName(group)));
    return *chosen;
}

/// The answer of one check.
Result<LiveFailure> liveFailure(const QCommandLineParser &parser, CommandContext &context)
{
    auto monitor = targetOf(parser.positionalArguments().first(), context);
    if (!monitor)
        return tl::make_unexpected(monitor.error());
    const QString named = qualifiedName(*monitor);
    monitor = memberInTrouble(*monitor, context);
    if (!monitor)
        return tl::make_unexpected(monitor.error());
    if (qualifiedName(*monitor) != named)
        context.err << DiagnoseCommandText::tr("This is about “%1”, a member of “%2”.")
                           .arg(qualifiedName(*monitor), named)
                    << Qt::endl;
    const QString connectTo = parser.value(QStringLiteral("connect-to"));
    auto *http = std::get_if<HttpCheck>(&monitor->check);
    if (!connectTo.isEmpty() && http)
        http->connectTo = connectTo;
    if (const auto filled = fillIn(*monitor, context); !filled)
        return tl::make_unexpected(filled.error());
    const CheckResult result = context.check(*monitor);
    return LiveFailure{*monitor,
                       result.exchange ? *result.exchange : withoutAnswer(result.sample, monitor->check)};
}

/// The same configuration without the parts whose password cannot be had: they are not asked, which is said.
Configuration withSecrets(const Monitor &monitor, const Configuration &configuration, CommandContext &context)
{
    Configuration usable = configuration;
    usable.monitors.clear();
    for (auto part : partsAround(monitor, configuration)) {
        if (const auto filled = fillIn(part, context); filled)
            usable.monitors.append(part);
        else
            context.err << DiagnoseCommandText::tr("“%1” is not asked: %2")
                               .arg(qualifiedName(part), filled.error().sentence)
                        << Qt::endl;
    }
    return usable;
}

/// What the machines behind the service of a monitor that is configured say of their load at the moment.
void addLoad(const Monitor &monitor, const Configuration &configuration, CommandContext &context,
             DiagnosisContext &around)
{
    for (const auto &service : configuration.services) {
        if (!context.readLoad || monitor.service.isEmpty() || service.name != monitor.service)
            continue;
        const LoadOnce load = context.readLoad(service);
        load.picture.describe(around);
        for (const QString &trouble : load.troubles)
            context.err << trouble << Qt::endl;
    }
}

/// A failure is asked about; what is well is left in peace.
Result<Finding> findLive(const DiagnosisDesk &desk, const LiveFailure &live, const QStringList &origins,
                         CommandContext &context)
{
    const auto configuration = storedConfiguration(context.directory);
    if (!configuration)
        return tl::make_unexpected(configuration.error());
    DiagnosisContext around = contextOf(live.monitor);
    around.timeouts = timeoutsOf(*configuration, live.monitor.service);
    Finding first = desk.find(live.exchange, around, context.clock.utcMs());
    if (first.diagnosis.causes.isEmpty() || !context.inquire)
        return first;
    addLoad(live.monitor, *configuration, context, around);
    first = desk.find(live.exchange, around, context.clock.utcMs());
    InquiryCase about;
    if (live.monitor.id != 0) // without one it is only asked less well
        about.lastGood = storedLastGood(context.directory, live.monitor.id).value_or(nullptr);
    about.monitor = live.monitor;
    about.configuration = withSecrets(live.monitor, *configuration, context);
    about.origins = origins;
    about.failed = std::make_shared<const Exchange>(live.exchange);
    about.before = first.diagnosis;
    around.answeredQuestions = context.inquire(about);
    return desk.find(live.exchange, around, context.clock.utcMs());
}

/// HOST:PORT, of every value of these options.
Result<void> checkAddresses(const QCommandLineParser &parser)
{
    for (const QString &value :
         parser.values(QStringLiteral("origin")) + parser.values(QStringLiteral("connect-to"))) {
        if (!isHostAndPort(value))
            return failure(Error::Kind::Invalid,
                           DiagnoseCommandText::tr(
                               "“%1” is not HOST:PORT; write it as 192.0.2.7:443 or [2001:db8::7]:443.")
                               .arg(value));
    }
    return {};
}

/// A browser records a whole session, and may have failed more than once in it.
void sayWhich(const RecordedExchange &recording, CommandContext &context)
{
    if (recording.entries < 2)
        return;
    const QUrl url = recording.exchange.url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    context.err << DiagnoseCommandText::tr("This is about exchange %1 of the %2 recorded ones: %3")
                       .arg(recording.number)
                       .arg(recording.entries)
                       .arg(url.toString(QUrl::FullyEncoded))
                << Qt::endl;
}

/// What there is no code for in the list of this command means that there is no verdict.
int reportLive(const Error &error, CommandContext &context)
{
    context.err << error.sentence << Qt::endl;
    switch (error.kind) {
    case Error::Kind::Invalid:
    case Error::Kind::NotFound:
        return kExitUsage;
    case Error::Kind::Unreadable:
        return kExitUnreadable;
    case Error::Kind::Unwritable:
    case Error::Kind::Unavailable:
    case Error::Kind::Conflict:
        break;
    }
    return kNoVerdict;
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
        {QStringLiteral("connect-to"), DiagnoseCommandText::tr("Connect there, keeping Host and SNI."),
         QStringLiteral("HOST:PORT")},
        {QStringLiteral("origin"),
         DiagnoseCommandText::tr("A server behind the front, to be asked directly; may be given again."),
         QStringLiteral("HOST:PORT")},
    });
    if (!parseArguments(parser, QStringLiteral("diagnose"), arguments, context))
        return kExitUsage;
    const bool recorded = parser.isSet(QStringLiteral("har"));
    const bool bothForms = parser.isSet(QStringLiteral("json")) && parser.isSet(QStringLiteral("guide"));
    if (parser.positionalArguments().size() != (recorded ? 0 : 1) || bothForms) {
        context.err << DiagnoseCommandText::tr(
                           "Usage: backwatch diagnose URL|NAME|--har FILE [--json|--guide] "
                           "[--connect-to HOST:PORT] [--origin HOST:PORT]…")
                    << Qt::endl;
        return kExitUsage;
    }
    const auto desk = DiagnosisDesk::open();
    if (!desk)
        return report(desk.error(), context);
    if (recorded) {
        const auto recording = readRecording(parser.value(QStringLiteral("har")));
        if (!recording)
            return report(recording.error(), context);
        sayWhich(*recording, context);
        return print(desk->find(recording->exchange, {}, context.clock.utcMs()), parser, context);
    }
    if (const auto addresses = checkAddresses(parser); !addresses)
        return reportLive(addresses.error(), context);
    const auto live = liveFailure(parser, context);
    if (!live)
        return reportLive(live.error(), context);
    const auto finding = findLive(*desk, *live, parser.values(QStringLiteral("origin")), context);
    return finding ? print(*finding, parser, context) : reportLive(finding.error(), context);
}

} // namespace backwatch
