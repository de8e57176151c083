// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/question.h"
#include "app/service/checkrunner.h"

#include <map>

namespace backwatch {

/// How hard a target in trouble may be asked.
struct QuestioningLimits
{
    milliseconds spacing{250}; ///< between two requests, whoever gets them
    /// Longest wait for one. Questions may line up behind each other where one worker is left; that is no
    /// silence.
    milliseconds oneAnswer{5'000};
    /// From the first question to the end of the round. Varnish's own pages want it left alone for five
    /// seconds (Retry-After); that is waited for, and then there is time to ask.
    milliseconds allAnswers{12'000};
};

/// What is to be asked in one round.
struct QuestionRound
{
    QList<Question> questions;
    std::chrono::seconds retryAfter{0}; ///< what the failed answer asked for; 0: nothing
    QuestioningLimits limits;
};

/// Puts questions by the same probes as checks, but on nobody's account: nothing of it is a sample. Never
/// waits; lives in the thread of its probe.
///
/// While a target has asked to be left alone (Retry-After), it is: its questions wait where the round lasts
/// that long, and are otherwise not put, which their answer says.
class Questioner : public QObject
{
    Q_OBJECT

public:
    using Take = std::function<void(const QList<QuestionAnswer> &)>;

    /// Rounds at a time. When a whole site goes down, the rest is diagnosed from what is known.
    static constexpr int kMostRounds = 8;

    /// All must outlive it.
    Questioner(Clock &clock, Probe &probes, const Fingerprints &fingerprints);
    ~Questioner() override;

    /// Without it the secrets have to be in the checks already.
    void setFindSecrets(CheckRunner::FindSecrets find) { m_findSecrets = std::move(find); }

    bool isBusy() const { return m_rounds.size() >= kMostRounds; }
    /// Calls back once with an answer for each question in its order, at the latest shortly after the time
    /// for the round, unless it is cancelled. Never from within.
    quint64 ask(const QuestionRound &round, Take take);
    /// Nothing is heard of that round any more.
    void cancel(quint64 round);

private:
    enum class Progress { Waiting, Asked, Answered };
    struct Round;

    void turn(quint64 id);
    /// Index of the question whose turn it is; absent while the rest has to wait.
    std::optional<qsizetype> next(const Round &round) const;
    void put(Round &round, qsizetype index);
    void start(Round &round, qsizetype index, const CheckSpec &check);
    void leaveOut(Round &round, qsizetype index, const QString &why);
    void scheduleTurn(Round &round);
    void endOfTime(Round &round);
    void onAnswered(const QList<ProbeAnswer> &answers);
    void takeAnswer(Round &round, qsizetype index, const CheckResult &result);

    Clock &m_clock;
    Probe &m_probes;
    const Fingerprints &m_fingerprints;
    CheckRunner::FindSecrets m_findSecrets;
    std::map<quint64, std::unique_ptr<Round>> m_rounds;
    QHash<quint64, std::pair<quint64, qsizetype>> m_tokens; ///< round and question
    quint64 m_lastToken;
    quint64 m_lastRound = 0;
};

} // namespace backwatch
