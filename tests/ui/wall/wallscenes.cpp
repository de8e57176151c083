// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/wall/wallscenes.h"

#include <QRandomGenerator>

using namespace Qt::Literals::StringLiterals;

namespace backwatch {

namespace {

constexpr qint64 kMinute = 60'000;

StoredSample sampleAt(UtcMs at, int code, int latencyMs, State state, Outcome outcome)
{
    StoredSample stored;
    stored.sample.startedAt = at;
    stored.sample.httpStatus = code;
    stored.sample.outcome = outcome;
    stored.sample.phases.total = microseconds(latencyMs * 1'000);
    stored.state = state;
    return stored;
}

QString nameAt(int i)
{
    static const QStringList hosts{
        u"shop"_s,  u"www"_s,  u"blog"_s,  u"api"_s,     u"cdn"_s,   u"mail"_s, u"intra"_s,  u"status"_s,
        u"login"_s, u"docs"_s, u"media"_s, u"tickets"_s, u"forum"_s, u"git"_s,  u"search"_s, u"payment"_s};
    static const QStringList sites{u"example.org"_s, u"backhaus-lindner.example"_s, u"stadtwerke.example"_s,
                                   u"museum.example"_s};
    const QString host = hosts.at(i % hosts.size());
    const QString site = sites.at(i / hosts.size() % sites.size());
    const int round = i / static_cast<int>(hosts.size() * sites.size());
    return round == 0 ? QString(host + u'.' + site)
                      : QString(host + QString::number(round + 1) + u'.' + site);
}

} // namespace

Monitor sceneMonitor(const QString &name, const QString &service)
{
    Monitor monitor;
    monitor.name = name;
    monitor.service = service;
    HttpCheck check;
    check.url = QUrl(u"https://www.example.org/"_s);
    monitor.check = check;
    return monitor;
}

MonitorStatus wellStatus(UtcMs now, int latencyMs, int seed, qint64 ageMs)
{
    QRandomGenerator random(static_cast<quint32>(seed));
    MonitorStatus status;
    status.state.state = State::Up;
    status.state.since = now - 90 * kMinute;
    for (UtcMs at = now - ageMs - 119 * 30'000; at <= now - ageMs; at += 30'000) {
        const int jitter = static_cast<int>(random.bounded(latencyMs / 2 + 1));
        const bool redirected = seed % 7 == 3;
        status.lastHour.append(sampleAt(at, redirected ? 301 : 200,
                                        random.bounded(40) == 0 ? latencyMs * 4 : latencyMs + jitter,
                                        State::Up, Outcome::Ok));
    }
    status.last = status.lastHour.last().sample;
    status.availability24h = seed % 3 == 0 ? 1.0 : 1.0 - 0.0001 * (seed % 11);
    return status;
}

MonitorStatus troubleStatus(UtcMs now, State state, qint64 forMs, int code, const QString &cause,
                            Outcome outcome)
{
    MonitorStatus status = wellStatus(now, 60, static_cast<int>(forMs % 97));
    status.state.state = state;
    status.state.since = now - forMs;
    for (StoredSample &stored : status.lastHour)
        if (stored.sample.startedAt >= now - forMs)
            stored = sampleAt(stored.sample.startedAt, code, code == 0 ? 10'000 : 45, state, outcome);
    status.last = status.lastHour.last().sample;
    status.cause = cause;
    status.availability24h = 0.9981;
    if (state == State::Down) {
        Incident incident;
        incident.id = 700 + forMs / 1'000;
        incident.openedAt = now - forMs;
        incident.httpStatus = code;
        status.incident = incident;
    }
    return status;
}

void putWell(FakeWatch &watch, int count)
{
    const int first = static_cast<int>(watch.monitorList.size());
    for (int i = first; i < first + count; ++i)
        watch.putMonitor(sceneMonitor(nameAt(i)),
                         wellStatus(watch.nowValue, 18 + i * 37 % 260, i + 1, 1'000 + i * 713 % 24'000));
    watch.setHealth({watch.nowValue - 1'000, true, {}});
}

void putAllStates(FakeWatch &watch)
{
    const UtcMs now = watch.nowValue;
    watch.putMonitor(sceneMonitor(u"www.example.org"_s), wellStatus(now, 51, 3));
    watch.putMonitor(sceneMonitor(u"api.example.org"_s),
                     troubleStatus(now, State::Degraded, 12 * kMinute, 200,
                                   u"The certificate ends in 6 days"_s, Outcome::CertificateExpiring));
    watch.putMonitor(sceneMonitor(u"login.example.org"_s),
                     troubleStatus(now, State::Suspect, 10'000, 0, u"No answer within 10 seconds"_s,
                                   Outcome::FirstByteTimeout));
    watch.putMonitor(
        sceneMonitor(u"Shop front page"_s, u"Shop"_s),
        troubleStatus(
            now, State::Down, 4 * kMinute, 503,
            u"Varnish answers 503 Backend fetch failed; the service behind it refuses connections"_s));
    Monitor mail = sceneMonitor(u"mail.example.org"_s);
    watch.putMonitor(mail, troubleStatus(now, State::Unreachable, 3 * kMinute, 0, u"Needs the gateway"_s,
                                         Outcome::ConnectTimeout));
    watch.putMonitor(sceneMonitor(u"blog.example.org"_s),
                     troubleStatus(now, State::Maintenance, 20 * kMinute, 503, {}));
    watch.putMonitor(sceneMonitor(u"media.example.org"_s));
    Monitor paused = sceneMonitor(u"docs.example.org"_s);
    paused.paused = true;
    watch.putMonitor(paused, wellStatus(now, 80, 5, 3'600'000));
    watch.setHealth({now - 4'000, true, {}});
}

void putBusy(FakeWatch &watch, int count)
{
    const UtcMs now = watch.nowValue;
    putWell(watch, count - 6);
    watch.putMonitor(
        sceneMonitor(u"Shop front page"_s, u"Shop"_s),
        troubleStatus(
            now, State::Down, 4 * kMinute, 503,
            u"Varnish answers 503 Backend fetch failed; the service behind it refuses connections"_s));
    for (const QString &name : {u"Shop basket"_s, u"Shop search"_s, u"Payment callback"_s}) {
        Monitor monitor = sceneMonitor(name, u"Shop"_s);
        monitor.dependsOn = {u"Shop front page"_s};
        watch.putMonitor(monitor, troubleStatus(now, State::Unreachable, 3 * kMinute, 503, {}));
    }
    watch.putMonitor(sceneMonitor(u"tickets.museum.example.org"_s),
                     troubleStatus(now, State::Degraded, 47 * kMinute, 200,
                                   u"Answers take 4.2 s, longer than the 2 s that were agreed"_s,
                                   Outcome::Slow));
    watch.putMonitor(sceneMonitor(u"login.stadtwerke.example"_s),
                     troubleStatus(now, State::Suspect, 10'000, 0, u"No answer within 10 seconds"_s,
                                   Outcome::FirstByteTimeout));
    watch.setHealth({now - 1'000, true, {}});
}

} // namespace backwatch
