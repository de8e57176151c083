// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/livemonitor.h"

#include "app/diagnosis/diagnosistext.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

ExchangePtr withShorterBody(const ExchangePtr &exchange, qsizetype limit)
{
    if (!exchange || exchange->body.size() <= limit)
        return exchange;
    auto copy = std::make_shared<Exchange>(*exchange);
    // left() would keep the whole block alive.
    copy->body = QByteArray(copy->body.constData(), limit);
    return copy;
}

/// "503 Backend fetch failed"; empty where the sentence of a sample says something else.
QString statusLineOf(const Sample &sample)
{
    const bool isIt = sample.httpStatus != 0 && sample.detail.startsWith(QString::number(sample.httpStatus));
    return isIt ? sample.detail : QString();
}

} // namespace

WatchedStep take(LiveMonitor &live, const CheckResult &result, const Surroundings &around,
                 const Fingerprints &fingerprints, qsizetype bodyBudget)
{
    const Sample &sample = result.sample;
    WatchedStep step = advance(live, sample, rulesOf(live.monitor), around);
    if (step.failureBegan) {
        live.firstFailureExchange = result.exchange;
        live.diagnosis = {};
        live.answers.clear();
        live.load = {};
        live.recognition = result.exchange ? fingerprints.recognise(*result.exchange) : Recognition{};
    }
    if (judgementOf(sample.outcome) == Judgement::Good)
        live.lastGood = withShorterBody(result.exchange, bodyBudget);
    if (step.incident.opened) {
        step.incident.opened->producer = live.recognition.producer;
        step.incident.opened->references = live.recognition.references;
        live.incident = step.incident.opened;
    }
    live.last = sample;
    if (step.evaluation.settled)
        live.trail.settle(step.evaluation.settled->to, step.evaluation.settled->at);
    return step;
}

QString causeOf(const LiveMonitor &live)
{
    if (live.state.failuresInARow == 0)
        return live.state.state == State::Degraded && live.last ? live.last->detail : QString();
    const Sample &shown = live.last ? *live.last : live.firstFailure;
    if (live.incident && !live.diagnosis.causes.isEmpty())
        return verdictSentence(live.diagnosis, statusLineOf(live.firstFailure));
    if (live.recognition.name.isEmpty() || shown.httpStatus == 0)
        return shown.detail;
    return QCoreApplication::translate("Cause", "%1 answers %2").arg(live.recognition.name, shown.detail);
}

} // namespace backwatch
