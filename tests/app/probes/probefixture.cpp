// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/probes/probefixture.h"

#include <array>
#include <utility>

namespace backwatch {

namespace {

using NamedPhase = std::pair<const char *, std::optional<microseconds>>;

std::array<NamedPhase, 6> list(const Phases &phases)
{
    return {NamedPhase{"dns", phases.dns},   NamedPhase{"connect", phases.connect},
            NamedPhase{"tls", phases.tls},   NamedPhase{"send", phases.send},
            NamedPhase{"wait", phases.wait}, NamedPhase{"receive", phases.receive}};
}

} // namespace

QString phaseNames(const Phases &phases)
{
    QStringList names;
    for (const auto &[name, time] : list(phases))
        if (time)
            names.append(QString::fromLatin1(name));
    return names.join(u' ');
}

microseconds phaseSum(const Phases &phases)
{
    microseconds sum{0};
    for (const auto &[name, time] : list(phases))
        sum += time.value_or(microseconds(0));
    return sum;
}

QString idOf(const CheckResult &result)
{
    return outcomeId(result.sample.outcome).toString();
}

HttpCheck checkOf(const QUrl &url)
{
    HttpCheck check;
    check.url = url;
    return check;
}

ProbeFixture::ProbeFixture(const ProbeSettings &settings, NameLookup lookup)
    : m_probe(std::make_unique<NetworkProbe>(m_clock, settings, std::move(lookup)))
{
    connect(m_probe.get(), &Probe::answered, this, &ProbeFixture::keep);
}

quint64 ProbeFixture::start(const CheckSpec &check, milliseconds timeout, MonitorId monitor)
{
    ProbeRequest request;
    request.token = ++m_lastToken;
    request.monitor = monitor == 0 ? static_cast<MonitorId>(1'000 + request.token) : monitor;
    m_monitors.insert(request.token, request.monitor);
    request.check = check;
    request.timeout = timeout;
    if (std::holds_alternative<HttpCheck>(check))
        m_http.insert(request.token);
    const int before = m_batches;
    m_probe->start(request);
    if (m_batches != before)
        qFatal("An answer came from within start().");
    return request.token;
}

CheckResult ProbeFixture::take(quint64 token)
{
    if (!QTest::qWaitFor([&] { return m_answers.contains(token); }, 60'000))
        qFatal("A check was never answered.");
    return m_answers.value(token);
}

bool ProbeFixture::waitFor(int answers)
{
    return QTest::qWaitFor([&] { return m_answers.size() >= answers; }, 60'000);
}

void ProbeFixture::keep(const QList<ProbeAnswer> &answers)
{
    ++m_batches;
    for (const auto &[token, result] : answers) {
        QVERIFY2(!m_answers.contains(token), "answered twice");
        m_answers.insert(token, result);
        const Sample &sample = result.sample;
        QCOMPARE(sample.monitor, m_monitors.value(token));
        QVERIFY(sample.startedAt > 0);
        QVERIFY(!sample.detail.isEmpty());
        QCOMPARE(phaseSum(sample.phases), sample.phases.total);
        // Only HTTP has exchanges.
        QCOMPARE(result.exchange != nullptr, m_http.contains(token));
        if (!result.exchange)
            continue;
        QCOMPARE(result.exchange->outcome, sample.outcome);
        QCOMPARE(result.exchange->detail, sample.detail);
        QVERIFY(result.exchange->phases == sample.phases);
        QCOMPARE(result.exchange->status, sample.httpStatus);
        QCOMPARE(result.exchange->startedAt, sample.startedAt);
        QVERIFY(result.exchange->body.size() <= Exchange::kBodyLimit);
    }
}

} // namespace backwatch
