// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/loadwatch.h"

#include "app/core/logging.h"
#include "app/history/historywriter.h"
#include "app/load/loadrates.h"
#include "app/service/loadquestion.h"

#include <algorithm>
#include <limits>

namespace backwatch {

namespace {

/// Above those of checks, below those of questions.
constexpr quint64 kFirstLoadToken = quint64(1) << 61;
/// After a start or a change there is enough else to do.
constexpr qint64 kFirstAfterMs = 1'000;
constexpr qint64 kNotAgainWithinMs = 5'000;
/// How often a limit is stored that stays the same.
constexpr qint64 kLimitEveryMs = 3'600'000;

} // namespace

struct LoadWatch::Source
{
    struct Limit
    {
        double value = 0;
        UtcMs storedAt = 0;
    };

    QString service;
    LoadSource source;
    qint64 dueAt = 0;     ///< monotonic ms
    qint64 askedAt = 0;   ///< monotonic ms
    bool isAsked = false; ///< its answer is waited for
    std::optional<LoadReport> report;
    UtcMs readAt = 0;
    qint64 readAtMonotonic = 0;
    bool wasExhausted = false;
    QString fault;
    QHash<QString, Limit> limits;
};

LoadWatch::LoadWatch(Clock &clock, Probe &probes, HistoryWriter &writer)
    : m_clock(clock)
    , m_probes(probes)
    , m_writer(writer)
    , m_alarm(clock.createAlarm())
    , m_lastToken(kFirstLoadToken)
{
    connect(&m_probes, &Probe::answered, this, &LoadWatch::onAnswered);
    connect(m_alarm.get(), &Alarm::ringing, this, &LoadWatch::turn);
}

LoadWatch::~LoadWatch() = default;

void LoadWatch::setServices(const QList<Service> &services)
{
    std::map<Key, std::unique_ptr<Source>> wanted;
    QList<Key> added;
    for (const auto &service : services)
        for (const auto &source : service.load) {
            const Key key{service.name, QString(source.kind + u' ' + source.url.toString())};
            if (auto known = m_sources.extract(key)) {
                wanted.insert(std::move(known));
            } else if (auto &place = wanted[key]; !place) {
                place = std::make_unique<Source>();
                place->service = service.name;
                place->source = source;
                added.append(key);
            }
        }
    m_sources = std::move(wanted);
    const qint64 first = m_clock.monotonicMs() + kFirstAfterMs;
    for (qsizetype i = 0; i < added.size(); ++i)
        m_sources.at(added[i])->dueAt = first + i * kEvery.count() / added.size();
    turn();
}

void LoadWatch::readSoon(const QString &service)
{
    const qint64 now = m_clock.monotonicMs();
    bool any = false;
    for (auto &[key, source] : m_sources) {
        if (source->service != service || (source->askedAt > 0 && now - source->askedAt < kNotAgainWithinMs))
            continue;
        source->dueAt = std::min(source->dueAt, now);
        any = true;
    }
    if (any)
        m_alarm->setAt(now); // not from within what is going on
}

void LoadWatch::discard()
{
    const auto given = std::exchange(m_underWay, {});
    for (auto one = given.cbegin(); one != given.cend(); ++one) {
        if (const auto source = m_sources.find(*one); source != m_sources.end())
            source->second->isAsked = false;
        m_probes.cancel(one.key());
    }
    turn();
}

void LoadWatch::turn()
{
    const qint64 now = m_clock.monotonicMs();
    qint64 next = std::numeric_limits<qint64>::max();
    for (auto &[key, source] : m_sources) {
        if (source->isAsked)
            continue;
        if (source->dueAt <= now && m_underWay.size() < kMostAtOnce)
            start(key, *source);
        if (source->dueAt > now)
            next = std::min(next, source->dueAt);
    }
    if (next != std::numeric_limits<qint64>::max())
        m_alarm->setAt(next);
    else
        m_alarm->cancel(); // whoever is due waits for an answer to another one
}

void LoadWatch::start(const Key &key, Source &source)
{
    const quint64 token = ++m_lastToken;
    source.isAsked = true;
    source.askedAt = m_clock.monotonicMs();
    source.dueAt = source.askedAt + kEvery.count();
    m_underWay.insert(token, key);
    m_probes.start(loadQuestion(source.source, token));
}

void LoadWatch::onAnswered(const QList<ProbeAnswer> &answers)
{
    bool any = false;
    for (const auto &answer : answers) {
        if (!m_underWay.contains(answer.token))
            continue;
        any = true;
        const auto found = m_sources.find(m_underWay.take(answer.token));
        if (found != m_sources.end())
            take(*found->second, answer.result);
    }
    if (any)
        turn();
}

void LoadWatch::take(Source &source, const CheckResult &result)
{
    source.isAsked = false;
    auto report = loadAnswer(source.source, result);
    const QString fault = report ? QString() : report.error().sentence;
    if (!fault.isEmpty() && source.fault.isEmpty())
        qCWarning(lcService).noquote() << fault;
    source.fault = fault;
    if (!report)
        return;
    const qint64 now = m_clock.monotonicMs();
    if (source.report)
        report->readings += loadRates(*source.report, *report, milliseconds(now - source.readAtMonotonic));
    const bool wasExhausted = source.wasExhausted && isFresh(source);
    source.report = *std::move(report);
    source.readAt = m_clock.utcMs();
    source.readAtMonotonic = now;
    keep(source);
    source.wasExhausted = loadPictureOf(factsOf(source)).overloaded;
    if (source.wasExhausted && !wasExhausted)
        Q_EMIT exhausted(source.service);
}

void LoadWatch::keep(Source &source)
{
    LoadValues values{source.service, source.readAt, {}};
    for (const auto &reading : std::as_const(source.report->readings)) {
        const QString id = loadMetricId(reading.metric);
        values.values.append({id, reading.value});
        if (!reading.limit)
            continue;
        auto &limit = source.limits[id];
        if (limit.storedAt == 0 || limit.value != *reading.limit ||
            std::abs(source.readAt - limit.storedAt) >= kLimitEveryMs) {
            limit = {*reading.limit, source.readAt};
            values.values.append({id + QStringLiteral(".limit"), *reading.limit});
        }
    }
    m_writer.append(values);
}

bool LoadWatch::isFresh(const Source &source) const
{
    // A clock that was set, and a machine that slept, make a reading old as well.
    return source.report && m_clock.monotonicMs() - source.readAtMonotonic <= kFresh.count() &&
           std::abs(m_clock.utcMs() - source.readAt) <= kFresh.count();
}

QList<LoadFact> LoadWatch::factsOf(const Source &source) const
{
    return loadFacts(*source.report, source.source.url.host(), source.readAt);
}

LoadPicture LoadWatch::picture(const QString &service) const
{
    QList<LoadFact> facts;
    for (const auto &[key, source] : m_sources)
        if (source->service == service && isFresh(*source))
            facts += factsOf(*source);
    return loadPictureOf(facts);
}

QStringList LoadWatch::faults(const QString &service) const
{
    QStringList faults;
    for (const auto &[key, source] : m_sources)
        if (source->service == service && !source->fault.isEmpty())
            faults.append(source->fault);
    return faults;
}

} // namespace backwatch
