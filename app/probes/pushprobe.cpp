// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/pushprobe.h"

#include "app/core/clock.h"

namespace backwatch {

namespace {

/// Of a monitor that does not say how often it is looked at.
constexpr milliseconds kUsualInterval{60'000};

QString sinceThen(qint64 ms)
{
    return ms < 1'000 ? PushProbe::tr("just now")
                      : PushProbe::tr("%1 ago").arg(formatDuration(milliseconds(ms - ms % 1'000)));
}

Verdict reportVerdict(const PushReport &report, qint64 ageMs)
{
    const QString age = sinceThen(ageMs);
    const auto said = [&](const QString &sentence, const QString &alone) {
        return report.message.isEmpty() ? alone.arg(age) : sentence.arg(age, report.message);
    };
    switch (report.status) {
    case PushStatus::Down:
        return {Outcome::ProtocolError, said(PushProbe::tr("The job reported a failure %1: %2"),
                                             PushProbe::tr("The job reported a failure %1."))};
    case PushStatus::Degraded:
        return {Outcome::Slow, said(PushProbe::tr("The job reported trouble %1: %2"),
                                    PushProbe::tr("The job reported trouble %1."))};
    case PushStatus::Up:
        break;
    }
    return {Outcome::Ok, said(PushProbe::tr("Reported %1: %2"), PushProbe::tr("Reported %1."))};
}

} // namespace

PushProbe::PushProbe(const Clock &clock, quint16 port) : m_clock(clock), m_receiver(clock, port) {}

void PushProbe::start(const ProbeRequest &request)
{
    ProbeAnswer answer;
    answer.token = request.token;
    Sample &sample = answer.result.sample;
    sample.monitor = request.monitor;
    sample.startedAt = m_clock.utcMs();
    sample.address = QStringLiteral("127.0.0.1"); // no network in between can be lost
    const Verdict verdict = judge(request, sample.phases);
    sample.outcome = verdict.outcome;
    sample.detail = verdict.detail;
    QMetaObject::invokeMethod(
        this, [this, answer] { Q_EMIT answered({answer}); }, Qt::QueuedConnection);
}

Verdict PushProbe::judge(const ProbeRequest &request, Phases &phases)
{
    const auto *check = std::get_if<PushCheck>(&request.check);
    if (!check || check->token.value.isEmpty())
        return {Outcome::Internal, tr("There is no token that the job could report with. Set one.")};
    if (const auto port = m_receiver.listen(); !port)
        return {Outcome::Internal, port.error().sentence};
    const auto &known = m_receiver.await(request.monitor, check->token.value);
    const qint64 now = m_clock.monotonicMs();
    const milliseconds allowed =
        (request.interval.count() > 0 ? request.interval : kUsualInterval) + check->grace;
    if (!known.reportedAt) {
        if (now - known.since < allowed.count())
            return {Outcome::Cancelled, tr("No report yet; waiting for the first one.")};
        return {Outcome::FirstByteTimeout,
                tr("The job has not reported in the %1 since this program waits for it; expected within %2.")
                    .arg(formatDuration(milliseconds(now - known.since)), formatDuration(allowed))};
    }
    const qint64 age = now - *known.reportedAt;
    if (age > allowed.count())
        return {
            Outcome::FirstByteTimeout,
            tr("The job last reported %1; expected within %2.").arg(sinceThen(age), formatDuration(allowed))};
    if (known.report.ping)
        phases.total = microseconds(static_cast<qint64>(*known.report.ping * 1'000));
    return reportVerdict(known.report, age);
}

} // namespace backwatch
