// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/checkreport.h"

#include "app/commands/phasetimes.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

QJsonObject phasesJson(const Phases &phases)
{
    QJsonObject object;
    insertMs(object, QStringLiteral("dns"), phases.dns);
    insertMs(object, QStringLiteral("connect"), phases.connect);
    insertMs(object, QStringLiteral("tls"), phases.tls);
    insertMs(object, QStringLiteral("send"), phases.send);
    insertMs(object, QStringLiteral("wait"), phases.wait);
    insertMs(object, QStringLiteral("receive"), phases.receive);
    return object;
}

QString pluginWord(State state)
{
    switch (state) {
    case State::Up:
        return QStringLiteral("OK");
    case State::Degraded:
        return QStringLiteral("WARNING");
    case State::Down:
        return QStringLiteral("CRITICAL");
    default:
        return QStringLiteral("UNKNOWN");
    }
}

} // namespace

State stateOfOne(Outcome outcome)
{
    switch (judgementOf(outcome)) {
    case Judgement::Good:
        return State::Up;
    case Judgement::Degraded:
        return State::Degraded;
    case Judgement::Failed:
        return State::Down;
    case Judgement::Neutral:
        break;
    }
    return State::NotObserved;
}

int pluginExitCode(State state)
{
    switch (state) {
    case State::Up:
        return 0;
    case State::Degraded:
        return 1;
    case State::Down:
        return 2;
    default:
        return 3;
    }
}

QString pluginLine(const Monitor &monitor, const Sample &sample)
{
    // A plugin's text ends at the first bar and at the line's end; nothing remote may add to either.
    QString detail = sample.detail.isEmpty()
                         ? QCoreApplication::translate("Check", "%1 answered").arg(checkTarget(monitor.check))
                         : sample.detail;
    detail.replace(u'|', u'/').replace(u'\n', u' ').replace(u'\r', u' ');
    const double seconds = static_cast<double>(sample.phases.total.count()) / 1e6;
    return QStringLiteral("%1 - %2 | time=%3s;;;0;%4")
        .arg(pluginWord(stateOfOne(sample.outcome)), detail, QString::number(seconds, 'f', 6),
             QString::number(static_cast<double>(monitor.timeout.count()) / 1000.0, 'f', 3));
}

QJsonObject checkJson(const Monitor &monitor, const Sample &sample, UtcMs now)
{
    QJsonObject object{{QStringLiteral("target"), checkTarget(monitor.check)},
                       {QStringLiteral("kind"), checkKind(monitor.check)},
                       {QStringLiteral("startedAt"), formatTimestamp(sample.startedAt)},
                       {QStringLiteral("outcome"), outcomeId(sample.outcome).toString()},
                       {QStringLiteral("state"), stateId(stateOfOne(sample.outcome)).toString()},
                       {QStringLiteral("detail"), sample.detail},
                       {QStringLiteral("phasesMs"), phasesJson(sample.phases)},
                       {QStringLiteral("totalMs"), inMs(sample.phases.total)}};
    if (sample.httpStatus != 0)
        object.insert(QStringLiteral("httpStatus"), sample.httpStatus);
    if (!sample.httpVersion.isEmpty())
        object.insert(QStringLiteral("httpVersion"), sample.httpVersion);
    if (!sample.address.isEmpty())
        object.insert(QStringLiteral("address"), sample.address);
    if (sample.port != 0)
        object.insert(QStringLiteral("port"), sample.port);
    if (const auto &certificate = sample.certificate) {
        object.insert(QStringLiteral("certificate"),
                      QJsonObject{{QStringLiteral("subject"), certificate->subject},
                                  {QStringLiteral("issuer"), certificate->issuer},
                                  {QStringLiteral("notAfter"), formatTimestamp(certificate->notAfter)},
                                  {QStringLiteral("daysLeft"), certificate->daysLeft(now)}});
    }
    return object;
}

} // namespace backwatch
