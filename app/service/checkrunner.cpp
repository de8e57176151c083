// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/checkrunner.h"

#include <QPointer>

#include <algorithm>
#include <limits>

namespace backwatch {

CheckRunner::CheckRunner(Clock &clock, Probe &probes)
    : m_clock(clock), m_probes(probes), m_patience(clock.createAlarm())
{
    connect(m_patience.get(), &Alarm::ringing, this, &CheckRunner::endWaitingForSecrets);
    connect(&m_probes, &Probe::answered, this, &CheckRunner::onAnswered);
}

void CheckRunner::start(const Monitor &monitor)
{
    const quint64 token = ++m_lastToken;
    m_underWay.insert(token, {monitor.id, m_clock.monotonicMs() + monitor.timeout.count(), false});
    const QStringList names = secretNames(monitor.check);
    if (names.isEmpty() || !m_findSecrets) {
        ask(token, monitor);
        return;
    }
    waitForSecrets(token, monitor, names);
}

void CheckRunner::waitForSecrets(quint64 token, const Monitor &monitor, const QStringList &names)
{
    m_findSecrets(names, [self = QPointer(this), token,
                          asked = Monitor(monitor)](const Result<QHash<QString, QString>> &values) mutable {
        if (!self || !self->m_underWay.contains(token))
            return;
        if (!values) {
            self->failWithout(token, values.error().sentence);
            return;
        }
        forEachSecret(asked.check, [&](Secret &secret) { secret.value = values->value(secret.name); });
        self->ask(token, asked);
    });
    if (const auto waiting = m_underWay.constFind(token); waiting != m_underWay.cend() && !waiting->isAsked)
        m_patience->setAt(m_clock.monotonicMs());
}

/// A locked keychain may wait for a person all night; a check does not, or it would keep its place from
/// others.
void CheckRunner::endWaitingForSecrets()
{
    const qint64 now = m_clock.monotonicMs();
    qint64 next = std::numeric_limits<qint64>::max();
    QList<quint64> given;
    for (auto check = m_underWay.cbegin(); check != m_underWay.cend(); ++check) {
        if (check->isAsked)
            continue;
        if (check->deadline <= now)
            given.append(check.key());
        else
            next = std::min(next, check->deadline);
    }
    if (next != std::numeric_limits<qint64>::max())
        m_patience->setAt(next);
    for (const quint64 token : given)
        failWithout(token,
                    tr("The password for this check is not there yet: the keychain waits to be unlocked."));
}

void CheckRunner::ask(quint64 token, const Monitor &monitor)
{
    ProbeRequest request;
    request.token = token;
    request.monitor = monitor.id;
    request.check = monitor.check;
    request.timeout = monitor.timeout;
    request.interval = monitor.interval;
    UnderWay &underWay = m_underWay[token];
    underWay.deadline = m_clock.monotonicMs() + monitor.timeout.count();
    underWay.isAsked = true;
    m_probes.start(request);
}

void CheckRunner::failWithout(quint64 token, const QString &sentence)
{
    CheckResult result;
    result.sample.monitor = m_underWay.value(token).monitor;
    result.sample.startedAt = m_clock.utcMs();
    result.sample.detail = sentence;
    finish(token, result);
}

void CheckRunner::onAnswered(const QList<ProbeAnswer> &answers)
{
    for (const auto &answer : answers) {
        if (!m_underWay.contains(answer.token))
            continue;
        if (!m_askOwnNetwork || !mayBeOwnNetwork(answer.result.sample.outcome)) {
            finish(answer.token, answer.result);
            continue;
        }
        // The probe has done its part; the question has a time-out of its own.
        constexpr qint64 kQuestionMs = 10'000;
        m_underWay[answer.token].deadline = m_clock.monotonicMs() + kQuestionMs;
        m_askOwnNetwork(answer.result.sample,
                        [self = QPointer(this), token = answer.token,
                         result = CheckResult(answer.result)](const QString &lost) mutable {
                            if (!self)
                                return;
                            if (!lost.isEmpty()) {
                                result.sample.outcome = Outcome::LocalNetwork;
                                result.sample.detail = lost;
                                result.exchange.reset();
                            }
                            self->finish(token, result);
                        });
    }
}

void CheckRunner::finish(quint64 token, const CheckResult &result)
{
    const auto underWay = m_underWay.take(token);
    if (underWay.monitor != 0)
        Q_EMIT checked(underWay.monitor, result);
}

QList<MonitorId> CheckRunner::discard()
{
    QList<MonitorId> ids;
    const auto given = std::exchange(m_underWay, {});
    for (auto check = given.cbegin(); check != given.cend(); ++check) {
        ids += check->monitor;
        if (check->isAsked)
            m_probes.cancel(check.key());
    }
    return ids;
}

milliseconds CheckRunner::overdueBy() const
{
    const qint64 now = m_clock.monotonicMs();
    qint64 overdue = 0;
    for (const auto &check : m_underWay)
        overdue = std::max(overdue, now - check.deadline);
    return milliseconds(overdue);
}

bool mayBeOwnNetwork(Outcome outcome)
{
    switch (outcome) {
    case Outcome::DnsNotFound:
    case Outcome::DnsTimeout:
    case Outcome::DnsFailure:
    case Outcome::ConnectRefused:
    case Outcome::ConnectTimeout:
    case Outcome::Unreachable:
    case Outcome::TlsHandshake:
    case Outcome::FirstByteTimeout:
    case Outcome::BodyTimeout:
    case Outcome::ClosedEarly:
        return true;
    default:
        return false;
    }
}

} // namespace backwatch
