// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/historycommand.h"

#include "app/commands/historyoutput.h"
#include "app/commands/timeoption.h"
#include "app/core/duration.h"
#include "app/history/historyreader.h"
#include "app/service/storedconfiguration.h"

namespace backwatch {

namespace {

constexpr qint64 kHourMs = 3'600'000;
constexpr qint64 kDayMs = 24 * kHourMs;

struct Question
{
    MonitorId monitor = 0;
    UtcMs from = 0;
    UtcMs to = 0;
    std::optional<milliseconds> width; ///< absent: raw samples
    HistoryFormat format = HistoryFormat::Csv;
};

struct HistoryCommandText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::HistoryCommand)
};

/// The finest resolution that keeps a day, a month and a year to a readable number of rows.
std::optional<milliseconds> automaticWidth(qint64 span)
{
    if (span <= kDayMs)
        return std::nullopt;
    if (span <= 7 * kDayMs)
        return milliseconds(300'000);
    return milliseconds(span <= 90 * kDayMs ? kHourMs : kDayMs);
}

Result<Question> questionFrom(const QCommandLineParser &parser, const CommandContext &context)
{
    Question question;
    const auto range = rangeOptions(parser, context.clock.utcMs(), kDayMs);
    if (!range)
        return tl::make_unexpected(range.error());
    question.from = range->from;
    question.to = range->to;

    const QString resolution = parser.value(QStringLiteral("resolution"));
    if (resolution == QStringLiteral("auto"))
        question.width = automaticWidth(range->to - range->from);
    else if (resolution == QStringLiteral("5m") || resolution == QStringLiteral("1h") ||
             resolution == QStringLiteral("1d"))
        question.width = parseDuration(resolution);
    else if (resolution != QStringLiteral("raw"))
        return failure(Error::Kind::Invalid,
                       HistoryCommandText::tr("“%1” is not a resolution; there are auto, raw, 5m, 1h and 1d.")
                           .arg(resolution));

    const QString format = parser.value(QStringLiteral("format"));
    if (format == QStringLiteral("json"))
        question.format = HistoryFormat::Json;
    else if (format != QStringLiteral("csv"))
        return failure(Error::Kind::Invalid,
                       HistoryCommandText::tr("“%1” is not a format; there are csv and json.").arg(format));
    return question;
}

/// A week at a time: years of samples do not have to fit into memory.
Result<void> answerWithSamples(const HistoryReader &reader, Question question, CommandContext &context)
{
    const auto first = reader.rollups(question.monitor, question.from, question.to, milliseconds(7 * kDayMs));
    if (!first)
        return tl::make_unexpected(first.error());
    SampleOutput output(question.format, context.out);
    for (const auto &week : *first) {
        const auto samples = reader.samples(question.monitor, qMax(question.from, week.start),
                                            qMin(question.to, week.start + week.width.count()));
        if (!samples)
            return tl::make_unexpected(samples.error());
        output.write(*samples);
    }
    output.finish();
    return {};
}

Result<void> answer(const Question &question, CommandContext &context)
{
    const auto reader = HistoryReader::open(context.directory.database());
    if (!reader)
        return tl::make_unexpected(reader.error());
    if (question.width) {
        const auto rollups =
            (*reader)->rollups(question.monitor, question.from, question.to, *question.width);
        if (!rollups)
            return tl::make_unexpected(rollups.error());
        writeRollups(*rollups, question.format, context.out);
    } else {
        return answerWithSamples(**reader, question, context);
    }
    return {};
}

} // namespace

int historyCommand(const QStringList &arguments, CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({
        {QStringLiteral("from"),
         HistoryCommandText::tr("First moment; a day before --to when it is left out."), QStringLiteral("T")},
        {QStringLiteral("to"),
         HistoryCommandText::tr("First moment that is left out; now when it is not given."),
         QStringLiteral("T")},
        {QStringLiteral("resolution"), HistoryCommandText::tr("auto, raw, 5m, 1h or 1d."),
         QStringLiteral("R"), QStringLiteral("auto")},
        {QStringLiteral("format"), HistoryCommandText::tr("csv or json."), QStringLiteral("F"),
         QStringLiteral("csv")},
    });
    if (!parseArguments(parser, QStringLiteral("history"), arguments, context))
        return kExitUsage;
    if (parser.positionalArguments().size() != 1) {
        context.err
            << HistoryCommandText::tr(
                   "Usage: backwatch history NAME [--from T] [--to T] [--resolution auto|raw|5m|1h|1d] "
                   "[--format csv|json]")
            << Qt::endl;
        return kExitUsage;
    }
    auto question = questionFrom(parser, context);
    if (!question) {
        report(question.error(), context);
        return kExitUsage;
    }
    const auto configuration = storedConfiguration(context.directory);
    if (!configuration)
        return report(configuration.error(), context);
    const auto monitor = findMonitor(*configuration, parser.positionalArguments().first());
    if (!monitor)
        return report(monitor.error(), context);
    question->monitor = monitor->id;
    const auto answered = answer(*question, context);
    return answered ? kExitOk : report(answered.error(), context);
}

} // namespace backwatch
