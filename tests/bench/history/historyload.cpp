// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/history/historyload.h"

#include "app/history/historycommitter.h"
#include "tests/bench/history/benchreport.h"
#include "tests/support/fakeclock.h"

#include <QElapsedTimer>
#include <QFile>

#include <cmath>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr UtcMs kStart = 20'700 * 86'400'000LL;

} // namespace

SampleSource::SampleSource(int monitors)
    : m_levels(static_cast<std::size_t>(monitors)), m_failuresLeft(m_levels.size())
{
    std::normal_distribution<> noise;
    constexpr std::array kUsual{1'500.0, 9'000.0, 15'000.0, 90.0, 60'000.0, 500.0};
    for (auto &levels : m_levels)
        for (std::size_t phase = 0; phase < levels.size(); ++phase)
            levels[phase] = kUsual[phase] * std::exp(0.5 * noise(m_random));
}

StoredSample SampleSource::at(int monitor, UtcMs time)
{
    constexpr std::array kSpread{0.25, 0.08, 0.08, 0.15, 0.25, 0.3};
    std::normal_distribution<> noise;
    StoredSample stored;
    auto &sample = stored.sample;
    int &failuresLeft = m_failuresLeft[static_cast<std::size_t>(monitor)];
    if (failuresLeft > 0)
        --failuresLeft;
    else if (m_random() % 10'000 == 0)
        failuresLeft = 1 + static_cast<int>(m_random() % 30);
    const bool failed = failuresLeft > 0 || m_random() % 333 == 0;
    const bool slow = m_random() % 100 == 0;
    sample.monitor = monitor + 1;
    sample.startedAt = time + static_cast<UtcMs>(std::abs(2 * noise(m_random)));
    sample.outcome = failed ? Outcome::HttpStatus : Outcome::Ok;
    sample.httpStatus = failed ? 503 : 200;
    stored.state = failuresLeft > 0 ? State::Down : failed ? State::Suspect : State::Up;
    const double rhythm = 1 + 0.25 * std::sin(static_cast<double>(time % 86'400'000) / 86'400'000 * 6.283);
    std::array<std::optional<microseconds> *, 6> places{&sample.phases.dns,  &sample.phases.connect,
                                                        &sample.phases.tls,  &sample.phases.send,
                                                        &sample.phases.wait, &sample.phases.receive};
    for (std::size_t phase = 0; phase < places.size(); ++phase) {
        const double level =
            m_levels[static_cast<std::size_t>(monitor)][phase] * (slow ? 4 : 1) * (phase == 4 ? rhythm : 1);
        *places[phase] = microseconds(std::llround(level * std::exp(kSpread[phase] * noise(m_random))));
        sample.phases.total += **places[phase];
    }
    sample.address = u"192.0.2."_s + QString::number(monitor % 250);
    sample.detail = failed ? u"503 Service Unavailable"_s : u"200 OK"_s;
    return stored;
}

double bytesWrittenSoFar()
{
    QFile file(u"/proc/self/io"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const auto &line : file.readAll().split('\n'))
        if (line.startsWith("wchar: "))
            return line.mid(7).toDouble();
    return 0;
}

std::optional<WritingCost> writeHistory(const QString &path, const HistoryLoad &load)
{
    FakeClock clock(kStart);
    SampleSource source(load.monitors);
    WritingCost cost;
    QList<double> steps;
    HistoryCommitter committer(path, clock, [](const QString &fault) {
        if (!fault.isEmpty())
            std::fprintf(stderr, "%s\n", qPrintable(fault));
    });
    if (!committer.open())
        return std::nullopt;
    const double writtenBefore = bytesWrittenSoFar();
    std::vector<HistoryEntry> burst;
    std::vector<State> settled(static_cast<std::size_t>(load.monitors), State::NotObserved);
    const auto work = [&] {
        const double cpuBefore = cpuSeconds();
        QElapsedTimer timer;
        timer.start();
        committer.commit(std::exchange(burst, {}));
        for (bool more = true; more;) {
            QElapsedTimer step;
            step.start();
            more = committer.pack();
            if (more)
                steps.append(static_cast<double>(step.nsecsElapsed()) / 1e6);
        }
        cost.seconds += static_cast<double>(timer.nsecsElapsed()) / 1e9;
        cost.cpuSeconds += cpuSeconds() - cpuBefore;
    };
    const qint64 rounds = load.days * 86'400'000LL / load.interval;
    for (qint64 round = 0; round < rounds; ++round) {
        for (int monitor = 0; monitor < load.monitors; ++monitor) {
            const UtcMs at = kStart + round * load.interval + load.interval * monitor / load.monitors;
            clock.stall(std::max<qint64>(at - clock.utcMs(), 0));
            const StoredSample stored = source.at(monitor, at);
            State &state = settled[static_cast<std::size_t>(monitor)];
            if (stored.state != State::Suspect && stored.state != state) {
                state = stored.state;
                burst.emplace_back(StateEntry{stored.sample.monitor, state, stored.sample.startedAt});
            }
            burst.emplace_back(stored);
            ++cost.samples;
            if (static_cast<int>(burst.size()) >= load.burst)
                work();
        }
    }
    for (int hour = 0; hour < 4; ++hour) {
        work();
        clock.stall(3'600'000);
    }
    committer.finish();
    cost.bytesWritten = bytesWrittenSoFar() - writtenBefore;
    cost.end = kStart + load.days * 86'400'000LL;
    std::sort(steps.begin(), steps.end());
    if (!steps.isEmpty()) {
        cost.longestStepMs = steps.last();
        cost.usualStepMs = steps[steps.size() * 999 / 1'000];
    }
    return cost;
}

} // namespace backwatch
