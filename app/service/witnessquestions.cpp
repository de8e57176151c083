// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/witnessquestions.h"

namespace backwatch {

namespace {

using namespace std::chrono_literals;

constexpr quint64 kFirstWitnessToken = quint64(1) << 63;
constexpr auto kWitnessTimeout = 2'500ms;

CheckSpec questionFor(const Witness &witness)
{
    if (witness.host.isEmpty()) {
        // The servers of the root: whatever it says of them, it says something.
        DnsCheck dns;
        dns.name = QStringLiteral(".");
        dns.type = DnsType::Ns;
        return dns;
    }
    if (witness.port == 0) {
        PingCheck ping;
        ping.host = witness.host;
        ping.count = 1;
        return ping;
    }
    TcpCheck tcp;
    tcp.server.host = witness.host;
    tcp.server.port = witness.port;
    return tcp;
}

bool isAnswer(Outcome outcome, bool fromResolver)
{
    switch (outcome) {
    case Outcome::Ok:
    case Outcome::Slow:
    case Outcome::Partial:
        return true;
    case Outcome::ConnectRefused:
        return !fromResolver;
    case Outcome::DnsNotFound:
    case Outcome::DnsFailure:
        return fromResolver;
    default:
        return false;
    }
}

} // namespace

WitnessQuestions::WitnessQuestions(Probe &probes) : m_probes(probes), m_lastToken(kFirstWitnessToken)
{
    connect(&m_probes, &Probe::answered, this, &WitnessQuestions::onAnswered);
}

void WitnessQuestions::ask(const Witness &witness, const std::function<void(bool)> &take)
{
    ProbeRequest request;
    request.token = ++m_lastToken;
    request.check = questionFor(witness);
    request.timeout = kWitnessTimeout;
    m_open.insert(request.token, {witness.host.isEmpty(), take});
    m_probes.start(request);
}

void WitnessQuestions::onAnswered(const QList<ProbeAnswer> &answers)
{
    for (const auto &answer : answers) {
        if (!m_open.contains(answer.token))
            continue;
        const Question question = m_open.take(answer.token);
        question.take(isAnswer(answer.result.sample.outcome, question.ofResolver));
    }
}

} // namespace backwatch
