// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/diagnosis/questionfixture.h"

#include "app/diagnosis/ranking.h"

namespace backwatch {

Cause cause(CauseKind kind, Confidence confidence)
{
    Cause one;
    one.kind = kind;
    one.confidence = confidence;
    return one;
}

Diagnosis fetchFailed()
{
    Diagnosis diagnosis;
    diagnosis.status = 503;
    diagnosis.outcome = Outcome::HttpStatus;
    diagnosis.recognition.producer = QStringLiteral("varnish");
    diagnosis.recognition.layer = Layer::Cache;
    diagnosis.failing = {Layer::WebServer, {}};
    diagnosis.causes = {cause(CauseKind::UpstreamRefused), cause(CauseKind::UpstreamTimeout),
                        cause(CauseKind::UpstreamUnhealthy, Confidence::Low)};
    return diagnosis;
}

ExchangePtr failedExchange(milliseconds wait, int status)
{
    auto exchange = std::make_shared<Exchange>();
    exchange->startedAt = 1'790'000'000'000;
    exchange->status = status;
    exchange->phases.wait = wait;
    exchange->responseHeaders = {{"Date", "Mon, 21 Sep 2026 13:33:20 GMT"}};
    return exchange;
}

QuestionAnswer answer(QuestionKind kind, Outcome outcome, const QString &subject)
{
    QuestionAnswer one;
    one.question.kind = kind;
    one.question.subject = subject;
    one.question.check = HttpCheck{};
    one.question.sentence = QStringLiteral("?");
    one.askedAt = 1'790'000'000'250;
    one.result.sample.outcome = outcome;
    return one;
}

QuestionAnswer stored(QuestionAnswer one, const HttpHeader &sign)
{
    auto exchange = std::make_shared<Exchange>();
    exchange->status = 503;
    exchange->responseHeaders = {sign};
    one.result.exchange = exchange;
    return one;
}

QuestionAnswer part(const QString &name, Layer layer, const CheckSpec &check, Outcome outcome)
{
    QuestionAnswer one = answer(QuestionKind::Dependency, outcome, name);
    one.question.layer = layer;
    one.question.check = check;
    return one;
}

QuestionAnswer database(Outcome outcome)
{
    return part(QStringLiteral("MariaDB"), Layer::Database, DatabaseCheck{}, outcome);
}

QuestionAnswer pool(Outcome outcome)
{
    return part(QStringLiteral("PHP-FPM"), Layer::Runtime, FastCgiCheck{}, outcome);
}

QuestionAnswer webServer(Outcome outcome)
{
    return part(QStringLiteral("nginx"), Layer::WebServer, HttpCheck{}, outcome);
}

QuestionAnswer repeat(Outcome outcome)
{
    return answer(QuestionKind::Repeat, outcome);
}

QString causes(const Diagnosis &diagnosis)
{
    QStringList ids;
    for (const auto &one : diagnosis.causes)
        ids += causeId(one.kind).toString() + (one.confidence == Confidence::High     ? u"+"
                                               : one.confidence == Confidence::Medium ? u""
                                                                                      : u"-");
    return ids.join(u' ');
}

QString failing(const Diagnosis &diagnosis)
{
    return QString(layerId(diagnosis.failing.layer) + u'/' + diagnosis.failing.id);
}

Diagnosis after(const QList<QuestionAnswer> &answers, const Diagnosis &before, const ExchangePtr &failed)
{
    Diagnosis changed = before;
    changed.questions = weighed(before, failed, answers);
    Ranking ranking;
    for (const auto &one : before.causes)
        ranking.start(one.kind, one.confidence, one.supporting.value(0));
    for (const auto &question : std::as_const(changed.questions)) {
        for (const auto &effect : question.effects)
            ranking.weigh(effect);
        if (question.failing.layer != Layer::Unknown)
            changed.failing = question.failing;
    }
    changed.causes = ranking.causes();
    return changed;
}

Diagnosis fetchFailed(std::initializer_list<CauseKind> kinds, int status)
{
    Diagnosis diagnosis = fetchFailed();
    diagnosis.status = status;
    diagnosis.causes.clear();
    for (const auto kind : kinds)
        diagnosis.causes += cause(kind);
    return diagnosis;
}

QString weights(const Diagnosis &diagnosis)
{
    QStringList all;
    for (const auto &question : diagnosis.questions)
        for (const auto &effect : question.effects)
            all += QStringLiteral("%1%2%3")
                       .arg(causeId(effect.kind), effect.weight > 0 ? u"+" : u"")
                       .arg(effect.weight);
    return all.join(u' ');
}

} // namespace backwatch
