// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/questioner.h"

#include <QPointer>

#include <algorithm>

namespace backwatch {

namespace {

/// Above those of checks, below those of witnesses.
constexpr quint64 kFirstQuestionToken = quint64(1) << 62;

} // namespace

struct Questioner::Round
{
    quint64 id = 0;
    QList<QuestionAnswer> answers; ///< one for each question, filled as they come
    QList<Progress> progress;
    QList<quint64> tokens; ///< 0: not with the probe
    QuestioningLimits limits;
    qint64 nextAt = 0;        ///< monotonic ms: no request before
    qint64 deadline = 0;      ///< monotonic ms
    qint64 targetAloneTo = 0; ///< monotonic ms: Retry-After
    std::unique_ptr<Alarm> alarm;
    Take take;

    bool isDone() const
    {
        return std::all_of(progress.cbegin(), progress.cend(),
                           [](Progress one) { return one == Progress::Answered; });
    }
};

Questioner::Questioner(Clock &clock, Probe &probes, const Fingerprints &fingerprints)
    : m_clock(clock), m_probes(probes), m_fingerprints(fingerprints), m_lastToken(kFirstQuestionToken)
{
    connect(&m_probes, &Probe::answered, this, &Questioner::onAnswered);
}

Questioner::~Questioner() = default;

quint64 Questioner::ask(const QuestionRound &wanted, Take take)
{
    const quint64 id = ++m_lastRound;
    auto round = std::make_unique<Round>();
    round->id = id;
    for (const auto &question : wanted.questions) {
        QuestionAnswer answer;
        answer.question = question;
        round->answers.append(answer);
        round->progress.append(Progress::Waiting);
        round->tokens.append(0);
    }
    const qint64 now = m_clock.monotonicMs();
    round->limits = wanted.limits;
    // The request that failed was a request too.
    round->nextAt = now + wanted.limits.spacing.count();
    round->deadline = now + wanted.limits.allAnswers.count();
    round->targetAloneTo = now + milliseconds(wanted.retryAfter).count();
    round->take = std::move(take);
    round->alarm = m_clock.createAlarm();
    connect(round->alarm.get(), &Alarm::ringing, this, [this, id] { turn(id); });
    round->alarm->setAt(wanted.questions.isEmpty() ? now : round->nextAt);
    m_rounds.emplace(id, std::move(round));
    return id;
}

void Questioner::cancel(quint64 id)
{
    const auto found = m_rounds.find(id);
    if (found == m_rounds.end())
        return;
    const auto round = std::move(found->second);
    m_rounds.erase(found);
    for (const quint64 token : std::as_const(round->tokens))
        if (token != 0 && m_tokens.remove(token))
            m_probes.cancel(token);
}

void Questioner::turn(quint64 id)
{
    const auto found = m_rounds.find(id);
    if (found == m_rounds.end())
        return;
    Round &round = *found->second;
    const qint64 now = m_clock.monotonicMs();
    if (now >= round.deadline)
        endOfTime(round);
    else if (now >= round.nextAt)
        if (const auto index = next(round))
            put(round, *index);
    if (!round.isDone()) {
        scheduleTurn(round);
        return;
    }
    const auto ended = std::move(found->second);
    m_rounds.erase(found);
    // It is this alarm that rings at the moment, and its clock may end before the event loop turns again.
    Alarm *alarm = ended->alarm.release();
    alarm->setParent(this);
    alarm->deleteLater();
    ended->take(ended->answers);
}

std::optional<qsizetype> Questioner::next(const Round &round) const
{
    const qint64 now = m_clock.monotonicMs();
    for (qsizetype i = 0; i < round.answers.size(); ++i)
        if (round.progress[i] == Progress::Waiting &&
            (!round.answers[i].question.asksTarget || now >= round.targetAloneTo))
            return i;
    return std::nullopt;
}

void Questioner::put(Round &round, qsizetype index)
{
    round.nextAt = m_clock.monotonicMs() + round.limits.spacing.count();
    round.progress[index] = Progress::Asked;
    const CheckSpec check = round.answers[index].question.check;
    const QStringList names = secretNames(check);
    if (names.isEmpty() || !m_findSecrets) {
        start(round, index, check);
        return;
    }
    m_findSecrets(names, [self = QPointer(this), id = round.id, index,
                          asked = CheckSpec(check)](const Result<QHash<QString, QString>> &values) mutable {
        if (!self)
            return;
        const auto found = self->m_rounds.find(id);
        if (found == self->m_rounds.end() || found->second->progress[index] != Progress::Asked)
            return;
        if (!values) {
            self->leaveOut(*found->second, index, values.error().sentence);
            self->scheduleTurn(*found->second);
            return;
        }
        forEachSecret(asked, [&](Secret &secret) { secret.value = values->value(secret.name); });
        self->start(*found->second, index, asked);
    });
}

void Questioner::start(Round &round, qsizetype index, const CheckSpec &check)
{
    const qint64 left = round.deadline - m_clock.monotonicMs();
    ProbeRequest request;
    request.token = ++m_lastToken;
    request.check = check;
    request.timeout = std::min(round.limits.oneAnswer, milliseconds(std::max<qint64>(left, 1)));
    m_tokens.insert(request.token, {round.id, index});
    round.tokens[index] = request.token;
    round.answers[index].askedAt = m_clock.utcMs();
    m_probes.start(request);
}

void Questioner::leaveOut(Round &round, qsizetype index, const QString &why)
{
    round.progress[index] = Progress::Answered;
    round.answers[index].askedAt = m_clock.utcMs();
    round.answers[index].notAsked = why;
}

/// Rings for the next question, for the end of Retry-After, or for the end of the round.
void Questioner::scheduleTurn(Round &round)
{
    const qint64 now = m_clock.monotonicMs();
    bool mayAskNow = false;
    bool waits = false;
    for (qsizetype i = 0; i < round.answers.size(); ++i) {
        if (round.progress[i] != Progress::Waiting)
            continue;
        if (round.answers[i].question.asksTarget && round.targetAloneTo >= round.deadline) {
            const qint64 seconds = (round.targetAloneTo - now + 999) / 1'000;
            leaveOut(round, i,
                     tr("Not asked: the target wants to be left alone for %n more second(s) (Retry-After).",
                        nullptr, static_cast<int>(seconds)));
        } else if (round.answers[i].question.asksTarget && round.targetAloneTo > now) {
            waits = true;
        } else {
            mayAskNow = true;
        }
    }
    if (round.isDone())
        round.alarm->setAt(now);
    else if (mayAskNow)
        round.alarm->setAt(std::min(round.nextAt, round.deadline));
    else
        round.alarm->setAt(waits ? std::max(round.targetAloneTo, round.nextAt) : round.deadline);
}

void Questioner::endOfTime(Round &round)
{
    for (qsizetype i = 0; i < round.answers.size(); ++i) {
        if (round.progress[i] == Progress::Answered)
            continue;
        const bool asked = round.progress[i] == Progress::Asked;
        leaveOut(round, i,
                 asked ? tr("No answer came in time.") : tr("Not asked: there was no time left for it."));
        if (const quint64 token = round.tokens[i]; token != 0 && m_tokens.remove(token))
            m_probes.cancel(token);
    }
}

void Questioner::onAnswered(const QList<ProbeAnswer> &answers)
{
    for (const auto &answer : answers) {
        const auto token = m_tokens.constFind(answer.token);
        if (token == m_tokens.cend())
            continue;
        const auto [id, index] = *token;
        m_tokens.erase(token);
        if (const auto found = m_rounds.find(id); found != m_rounds.end())
            takeAnswer(*found->second, index, answer.result);
    }
}

void Questioner::takeAnswer(Round &round, qsizetype index, const CheckResult &result)
{
    QuestionAnswer &answer = round.answers[index];
    answer.result = result;
    if (result.exchange)
        answer.recognition = m_fingerprints.recognise(*result.exchange);
    round.progress[index] = Progress::Answered;
    round.tokens[index] = 0;
    if (answer.question.asksTarget && result.sample.retryAfter)
        round.targetAloneTo = std::max(
            round.targetAloneTo, m_clock.monotonicMs() + milliseconds(*result.sample.retryAfter).count());
    scheduleTurn(round);
}

} // namespace backwatch
