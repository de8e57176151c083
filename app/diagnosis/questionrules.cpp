// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/questionrules.h"

#include "app/diagnosis/backendrules.h"
#include "app/diagnosis/siterules.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

struct RuleText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::QuestionRules)
};

using Rule = QString (*)(const QuestionAnswer &, const AskedSoFar &, Ranking &);

struct RuleOf
{
    QuestionKind kind;
    Rule rule;
};

/// The more an answer tells, the later it is weighed: the last one has the last word on the failing part.
constexpr std::array<RuleOf, 9> kRules{{{QuestionKind::Repeat, &weighRepeat},
                                        {QuestionKind::OtherScheme, &weighOtherScheme},
                                        {QuestionKind::OtherVersion, &weighOtherVersion},
                                        {QuestionKind::StaticResource, &weighStaticResource},
                                        {QuestionKind::SecondVantage, &weighVantage},
                                        {QuestionKind::EachAddress, &weighAddress},
                                        {QuestionKind::OriginDirect, &weighOrigin},
                                        {QuestionKind::Dependency, &weighDependency},
                                        {QuestionKind::CacheBuster, &weighCacheBuster}}};

/// A second vantage point answers 200 whatever it found.
QList<QuestionAnswer> read(QList<QuestionAnswer> answers)
{
    for (auto &answer : answers) {
        Sample &sample = answer.result.sample;
        if (answer.question.kind != QuestionKind::SecondVantage || sample.outcome != Outcome::Ok)
            continue;
        sample.outcome =
            outcomeFromVantage(answer.result.exchange ? answer.result.exchange->body : QByteArray());
        if (sample.outcome == Outcome::Ok)
            sample.detail = RuleText::tr("It sees a good answer");
        else if (sample.outcome == Outcome::HttpStatus)
            sample.detail = RuleText::tr("It sees a failure");
        else
            sample.detail = RuleText::tr("That is no answer of a blackbox_exporter");
    }
    return answers;
}

} // namespace

Diagnosis weighed(const Diagnosis &diagnosis, const ExchangePtr &failed, const QList<QuestionAnswer> &answers)
{
    Diagnosis changed = diagnosis;
    if (changed.causes.isEmpty())
        changed.causes.append(Cause{});
    const QList<QuestionAnswer> given = read(answers);
    const AskedSoFar asked{failed, given};
    Ranking ranking(changed);
    QHash<const QuestionAnswer *, QString> consequences;
    for (const auto &[kind, rule] : kRules) {
        if (kind == QuestionKind::Dependency)
            weighAllDependencies(asked, ranking);
        for (const auto *answer : asked.of(kind))
            consequences.insert(answer, rule(*answer, asked, ranking));
    }
    for (const auto &answer : given)
        changed.questions.append(
            {questionId(answer.question.kind).toString(), answer.askedAt, answer.question.sentence,
             answerSentence(answer),
             answer.notAsked.isEmpty() ? consequences.value(&answer) : RuleText::tr("None.")});
    return changed;
}

} // namespace backwatch
