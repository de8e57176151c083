// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/reasoning.h"

#include "app/diagnosis/rules.h"

namespace backwatch {

namespace {

std::optional<milliseconds> configuredTimeout(const DiagnosisContext &context, const QString &producer)
{
    const auto found = context.timeouts.constFind(producer);
    return found == context.timeouts.cend() ? std::nullopt : std::optional(*found);
}

void weighAnswers(const QList<AnsweredQuestion> &answers, Ranking &ranking)
{
    for (const auto &answer : answers)
        for (const auto &effect : answer.effects)
            ranking.weigh(effect);
}

FailingPart namedByAnswers(const QList<AnsweredQuestion> &answers)
{
    FailingPart part;
    for (const auto &answer : answers)
        if (answer.failing.layer != Layer::Unknown)
            part = answer.failing;
    return part;
}

} // namespace

Diagnosis diagnose(const Exchange &exchange, const Recognition &recognition, const DiagnosisContext &context)
{
    Diagnosis diagnosis;
    diagnosis.status = exchange.status;
    diagnosis.outcome = exchange.outcome;
    diagnosis.recognition = recognition;
    diagnosis.questions = context.answeredQuestions;
    Signs signs = signsOf(exchange, recognition, configuredTimeout(context, recognition.producer));
    signs.watched = context.watched;
    if (!isFailing(signs, recognition))
        return diagnosis;

    Ranking ranking;
    startFromOutcome(signs, ranking);
    if (ranking.isEmpty())
        startFromPage(signs, exchange, recognition, ranking);
    weighTime(signs, ranking);
    weighFields(signs, ranking);
    weighLastMinutes(signs, context.recent, ranking);
    const FailingPart byNeighbour = weighNeighbours(signs, context.neighbours, ranking);
    weighAnswers(context.answeredQuestions, ranking);
    const FailingPart byAnswer = namedByAnswers(context.answeredQuestions);
    const FailingPart named = byAnswer.layer != Layer::Unknown ? byAnswer : byNeighbour;
    weighLoad(signs, context, named, ranking);

    const bool byLoad = ranking.first() == CauseKind::Overload && context.exhausted.layer != Layer::Unknown;
    diagnosis.failing = named.layer != Layer::Unknown ? named
                        : byLoad                      ? context.exhausted
                                                      : failingPart(signs, recognition, ranking.first());
    diagnosis.causes = ranking.causes();
    return diagnosis;
}

} // namespace backwatch
