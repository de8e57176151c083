// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/findingreport.h"

#include "app/diagnosis/causewords.h"
#include "app/diagnosis/diagnosistext.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace backwatch {

namespace {

constexpr qsizetype kStepsShown = 3;

QString tr(const char *text)
{
    return QCoreApplication::translate("FindingReport", text);
}

QString causeHeading(const Cause &cause)
{
    return tr("%1 (%2 confidence)").arg(causeName(cause.kind), confidenceName(cause.confidence));
}

/// Words from the network must not become markup, and control characters no commands of a terminal.
QString plain(QString text)
{
    for (auto &character : text)
        if (!character.isPrint())
            character = u' ';
    return text;
}

QString escaped(const QString &text)
{
    static const QRegularExpression markup(QStringLiteral("([\\\\`*_\\[\\]<>#|!])"));
    return plain(text).replace(markup, QStringLiteral("\\\\1"));
}

void addLines(QString &text, const QString &label, const QStringList &sentences)
{
    for (const auto &sentence : sentences)
        text += QStringLiteral("  %1 %2\n").arg(label, plain(sentence));
}

QString noVerdict(const Finding &finding)
{
    return finding.diagnosis.status == 0
               ? tr("No verdict: what was recorded does not say how the request ended. Some browsers, "
                    "Firefox among them, leave it out; diagnose the address itself.")
               : tr("No verdict: the answer %1 shows nothing wrong.").arg(finding.diagnosis.status);
}

void addQuestions(QString &text, const Diagnosis &diagnosis)
{
    if (diagnosis.questions.isEmpty())
        return;
    text += QStringLiteral("\n## %1\n\n").arg(tr("What was asked"));
    for (const auto &one : diagnosis.questions)
        text += QStringLiteral("- %1 %2 %3\n")
                    .arg(escaped(one.question), escaped(one.answer), escaped(one.consequence));
}

void addStep(QString &text, qsizetype number, const GuideStep &step)
{
    text += QStringLiteral("\n### %1. %2\n\n%3\n").arg(number).arg(escaped(step.title), escaped(step.why));
    for (const auto &command : step.commands)
        text += QStringLiteral("\n%1\n\n    %2\n").arg(escaped(command.purpose), plain(command.command));
    if (!step.reading.isEmpty())
        text += u'\n';
    for (const auto &sentence : step.reading)
        text += QStringLiteral("- %1\n").arg(escaped(sentence));
}

} // namespace

QString findingText(const Finding &finding)
{
    const Diagnosis &diagnosis = finding.diagnosis;
    if (diagnosis.causes.isEmpty())
        return noVerdict(finding) + u'\n';
    QString text = plain(verdictSentence(diagnosis)) + u'\n';
    addLines(text, QStringLiteral("*"), diagnosis.recognition.facts);
    for (const auto &cause : diagnosis.causes) {
        text += QStringLiteral("\n%1\n").arg(causeHeading(cause));
        addLines(text, tr("for:"), cause.supporting);
        addLines(text, tr("against:"), cause.opposing);
        addLines(text, tr("disproved by:"), {cause.disprovedBy});
    }
    for (const auto &one : diagnosis.questions)
        text += QStringLiteral("\n%1 %2 %3\n")
                    .arg(plain(one.question), plain(one.answer), plain(one.consequence));
    text += u'\n';
    for (qsizetype i = 0; i < std::min(kStepsShown, finding.guide.steps.size()); ++i)
        text += QStringLiteral("%1. %2\n").arg(i + 1).arg(plain(finding.guide.steps[i].title));
    return text;
}

QString findingMarkdown(const Finding &finding)
{
    const Diagnosis &diagnosis = finding.diagnosis;
    if (diagnosis.causes.isEmpty())
        return escaped(noVerdict(finding)) + u'\n';
    QString text = QStringLiteral("# %1\n\n").arg(escaped(verdictSentence(diagnosis)));
    for (const auto &fact : diagnosis.recognition.facts)
        text += QStringLiteral("- %1\n").arg(escaped(fact));
    text += QStringLiteral("\n## %1\n").arg(tr("Causes, the most likely first"));
    for (const auto &cause : diagnosis.causes) {
        text += QStringLiteral("\n### %1\n\n").arg(escaped(causeHeading(cause)));
        for (const auto &fact : cause.supporting)
            text += QStringLiteral("- %1 %2\n").arg(tr("For:"), escaped(fact));
        for (const auto &fact : cause.opposing)
            text += QStringLiteral("- %1 %2\n").arg(tr("Against:"), escaped(fact));
        text += QStringLiteral("- %1 %2\n").arg(tr("Disproved by:"), escaped(cause.disprovedBy));
    }
    addQuestions(text, diagnosis);
    text += QStringLiteral("\n## %1\n").arg(tr("Steps, the most useful first"));
    qsizetype number = 0;
    for (const auto &step : finding.guide.steps)
        addStep(text, ++number, step);
    return text;
}

} // namespace backwatch
