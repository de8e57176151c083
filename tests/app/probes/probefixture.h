// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/probes/networkprobe.h"

#include <QObject>
#include <QtTest>

namespace backwatch {

/// Starts checks and waits for their answers, and holds every answer against what is true of all.
class ProbeFixture : public QObject
{
    Q_OBJECT

public:
    explicit ProbeFixture(const ProbeSettings &settings = {}, NameLookup lookup = &lookUpName);

    NetworkProbe &probe() { return *m_probe; }
    void destroyProbe() { m_probe.reset(); }

    /// With monitor 0 each check is that of another one.
    quint64 start(const CheckSpec &check, milliseconds timeout = kAmple, MonitorId monitor = 0);
    void cancel(quint64 token) { m_probe->cancel(token); }
    /// The answer with that token; waits for it.
    CheckResult take(quint64 token);
    CheckResult check(const CheckSpec &check, milliseconds timeout = kAmple)
    {
        return take(start(check, timeout));
    }

    bool waitFor(int answers);
    int answers() const { return static_cast<int>(m_answers.size()); }
    int batches() const { return m_batches; }
    const QHash<quint64, CheckResult> &all() const { return m_answers; }

    /// For checks that end by themselves; long enough for a machine that is busy.
    static constexpr milliseconds kAmple{30'000};
    /// For checks that end by their timeout.
    static constexpr milliseconds kShort{1'000};

private:
    void keep(const QList<ProbeAnswer> &answers);

    SystemClock m_clock;
    std::unique_ptr<NetworkProbe> m_probe;
    QHash<quint64, CheckResult> m_answers;
    QSet<quint64> m_http; ///< tokens of HTTP checks
    int m_batches = 0;
    quint64 m_lastToken = 0;
    QHash<quint64, MonitorId> m_monitors; ///< by token
};

/// "dns connect tls send wait receive", as far as they are there.
QString phaseNames(const Phases &phases);
microseconds phaseSum(const Phases &phases);
QString idOf(const CheckResult &result);
HttpCheck checkOf(const QUrl &url);

} // namespace backwatch
