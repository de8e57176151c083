// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/askedsofar.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace backwatch {

namespace {

struct AnswerText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::QuestionAnswer)
};

template <class... Kinds>
struct Cases : Kinds...
{
    using Kinds::operator()...;
};

} // namespace

bool isGood(const QuestionAnswer &answer)
{
    const Judgement judgement = judgementOf(answer.result.sample.outcome);
    return answer.notAsked.isEmpty() && (judgement == Judgement::Good || judgement == Judgement::Degraded);
}

bool isBad(const QuestionAnswer &answer)
{
    return answer.notAsked.isEmpty() && judgementOf(answer.result.sample.outcome) == Judgement::Failed;
}

bool hasSpoken(const QuestionAnswer &answer)
{
    switch (answer.result.sample.outcome) {
    case Outcome::HttpStatus:
    case Outcome::BodyMismatch:
    case Outcome::HeaderMismatch:
    case Outcome::JsonMismatch:
    case Outcome::AuthRejected:
    case Outcome::TooLarge:
    case Outcome::RedirectLoop:
        return true;
    default:
        return isGood(answer);
    }
}

QList<const QuestionAnswer *> AskedSoFar::of(QuestionKind kind) const
{
    QList<const QuestionAnswer *> found;
    for (const auto &answer : answers)
        if (answer.question.kind == kind && answer.notAsked.isEmpty())
            found.append(&answer);
    return found;
}

bool AskedSoFar::anyGood(QuestionKind kind) const
{
    const auto put = of(kind);
    return std::any_of(put.cbegin(), put.cend(), [](const auto *answer) { return isGood(*answer); });
}

bool AskedSoFar::stillFails() const
{
    const auto put = of(QuestionKind::Repeat);
    return !put.isEmpty() &&
           std::all_of(put.cbegin(), put.cend(), [](const auto *answer) { return isBad(*answer); });
}

QString measured(microseconds duration)
{
    const double ms = static_cast<double>(duration.count()) / 1'000.0;
    if (ms < 1'000.0)
        return AnswerText::tr("%1 ms").arg(QLocale().toString(ms, 'f', ms < 10.0 ? 1 : 0));
    return AnswerText::tr("%1 s").arg(QLocale().toString(ms / 1'000.0, 'f', 1));
}

QString answerSentence(const QuestionAnswer &answer)
{
    if (!answer.notAsked.isEmpty())
        return answer.notAsked;
    const Sample &sample = answer.result.sample;
    if (sample.detail.isEmpty())
        return AnswerText::tr("It answers, after %1.").arg(measured(sample.phases.total));
    const QString said = sample.detail.endsWith(u'.') ? sample.detail.chopped(1) : sample.detail;
    return AnswerText::tr("%1, after %2").arg(said, measured(sample.phases.total));
}

bool cameFromStore(const Exchange &answer, const Exchange *before)
{
    const auto value = [](const Exchange &of, const char *name) {
        return headerValue(of.responseHeaders, name).trimmed();
    };
    if (value(answer, "Age").toLongLong() > 0 || value(answer, "X-Cache").toLower().contains("hit"))
        return true;
    const QByteArray cacheStatus = value(answer, "Cache-Status").toLower(); // RFC 9211
    if (cacheStatus.contains("; hit") || cacheStatus.contains(";hit"))
        return true;
    if (value(answer, "X-Varnish").simplified().contains(' '))
        return true;
    // Another second has begun since it was first given out, and still the page says the old one.
    constexpr qint64 kAnotherSecond = 1'050;
    const QByteArray date = value(answer, "Date");
    return before && !date.isEmpty() && date == value(*before, "Date") &&
           answer.startedAt - before->startedAt - before->phases.total.count() / 1'000 > kAnotherSecond;
}

Layer layerOf(Layer said, const CheckSpec &check)
{
    if (said != Layer::Unknown)
        return said;
    return std::visit(Cases{[](const DatabaseCheck &) { return Layer::Database; },
                            [](const RedisCheck &) { return Layer::Database; },
                            [](const MemcachedCheck &) { return Layer::Database; },
                            [](const FastCgiCheck &) { return Layer::Runtime; },
                            [](const DnsCheck &) { return Layer::Dns; },
                            [](const PingCheck &) { return Layer::Host; },
                            [](const auto &) { return Layer::Unknown; }},
                      check);
}

Layer layerOf(const Question &question)
{
    return layerOf(question.layer, question.check);
}

QString productOf(const QuestionAnswer &answer)
{
    return std::visit(Cases{[](const DatabaseCheck &check) {
                                return check.kind == DatabaseKind::Mysql ? QStringLiteral("mysql")
                                                                         : QStringLiteral("postgresql");
                            },
                            [](const RedisCheck &) { return QStringLiteral("redis"); },
                            [](const MemcachedCheck &) { return QStringLiteral("memcached"); },
                            [](const FastCgiCheck &) { return QStringLiteral("php-fpm"); },
                            [&](const auto &) { return answer.recognition.producer; }},
                      answer.question.check);
}

} // namespace backwatch
