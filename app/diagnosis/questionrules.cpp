// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/questionrules.h"

#include "app/diagnosis/backendrules.h"
#include "app/diagnosis/ruletext.h"
#include "app/diagnosis/siterules.h"
#include "app/diagnosis/vantagerules.h"

#include <array>

namespace backwatch {

namespace {

using Rule = QString (*)(const QuestionAnswer &, const AskedSoFar &, Consequence &);

struct RuleOf
{
    QuestionKind kind;
    Rule rule;
};

/// The more an answer tells, the later it is weighed: the last one has the last word on the failing part.
constexpr std::array<RuleOf, 9> kQuestionRules{{{QuestionKind::Repeat, &weighRepeat},
                                                {QuestionKind::OtherScheme, &weighOtherScheme},
                                                {QuestionKind::OtherVersion, &weighOtherVersion},
                                                {QuestionKind::StaticResource, &weighStaticResource},
                                                {QuestionKind::SecondVantage, &weighVantage},
                                                {QuestionKind::EachAddress, &weighAddress},
                                                {QuestionKind::OriginDirect, &weighOrigin},
                                                {QuestionKind::Dependency, &weighDependency},
                                                {QuestionKind::CacheBuster, &weighCacheBuster}}};

/// Answers as the rules take them.
QList<QuestionAnswer> read(QList<QuestionAnswer> answers)
{
    for (auto &answer : answers)
        if (answer.question.kind == QuestionKind::SecondVantage)
            answer = seenFromVantage(answer);
    return answers;
}

} // namespace

QList<AnsweredQuestion> weighed(const Diagnosis &before, const ExchangePtr &failed,
                                const QList<QuestionAnswer> &answers)
{
    const QList<QuestionAnswer> given = read(answers);
    const AskedSoFar asked{failed, given};
    QList<AnsweredQuestion> log;
    for (const auto &answer : given)
        log.append({questionId(answer.question.kind).toString(), answer.askedAt, answer.question.sentence,
                    answerSentence(answer), RuleText::tr("None.")});
    AnsweredQuestion *naming = nullptr;
    const auto take = [&](AnsweredQuestion &entry, const Consequence &result) {
        entry.effects += result.effects();
        if (!result.failing())
            return;
        if (naming)
            naming->failing = {};
        naming = &entry;
        entry.failing = *result.failing();
    };
    for (const auto &[kind, rule] : kQuestionRules) {
        AnsweredQuestion *last = nullptr;
        for (qsizetype i = 0; i < given.size(); ++i) {
            if (given[i].question.kind != kind || !given[i].notAsked.isEmpty())
                continue;
            Consequence result(before);
            last = &log[i];
            last->consequence = rule(given[i], asked, result);
            take(*last, result);
        }
        if (kind != QuestionKind::Dependency || !last)
            continue;
        Consequence together(before);
        const QString sentence = weighAllDependencies(asked, together);
        if (!sentence.isEmpty())
            last->consequence += QLatin1Char(' ') + sentence;
        take(*last, together);
    }
    return log;
}

} // namespace backwatch
