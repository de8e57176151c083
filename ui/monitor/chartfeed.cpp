// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/chartfeed.h"

#include "app/core/whenanswered.h"
#include "app/service/watch.h"
#include "ui/charts/bucketwidth.h"
#include "ui/charts/gaps.h"
#include "ui/charts/timeaxis.h"

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kSettleMs = 120;
/// How often the load is read; asking more often brings nothing.
constexpr qint64 kLoadEveryMs = 30'000;

UtcMs alignedDown(UtcMs time, milliseconds width)
{
    return time - time % width.count();
}

} // namespace

struct ChartFeed::Question
{
    quint64 generation = 0;
    TimeRange range;
    UtcMs rollupsFrom = 0; ///< later than the range's start: only the last buckets are asked for
    milliseconds width{0};
    bool live = false; ///< reached the present when it was asked
    bool withLoad = false;
    int outstanding = 3;
    QString failure;
    QString loadFailure; ///< which leaves the rest to be shown
    QList<Rollup> rollups;
    QList<StateInterval> states;
    QList<Incident> incidents;
    QList<LoadSeries> load;
};

ChartFeed::ChartFeed(Watch &watch, TimeAxis &axis, QObject *parent)
    : QObject(parent), m_watch(watch), m_axis(axis)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, &ChartFeed::loadAll);
    connect(&axis, &TimeAxis::viewChanged, this, &ChartFeed::followView);
}

void ChartFeed::show(MonitorId id)
{
    m_monitor = id;
    m_data = {};
    Q_EMIT dataChanged();
    loadAll();
}

void ChartFeed::setPlotWidth(int pixels)
{
    m_plotWidth = pixels;
    followView();
}

milliseconds ChartFeed::interval() const
{
    const auto monitor = m_watch.monitor(m_monitor);
    return monitor ? monitor->interval : milliseconds(0);
}

QString ChartFeed::service() const
{
    const auto monitor = m_watch.monitor(m_monitor);
    return monitor ? monitor->service : QString();
}

milliseconds ChartFeed::wantedWidth() const
{
    return bucketWidth(milliseconds(m_axis.view().span()), m_plotWidth, interval());
}

void ChartFeed::followView()
{
    if (m_monitor == 0 || m_plotWidth <= 0)
        return;
    const TimeRange view = m_axis.view();
    const bool covered = view.from >= m_data.loaded.from && (m_live || view.to <= m_data.loaded.to);
    if (covered && wantedWidth() == m_data.width)
        return;
    ++m_generation;
    m_asking = false;
    m_settle.start();
}

void ChartFeed::advance()
{
    m_axis.advanceTo(m_watch.now());
    if (m_asking || m_settle.isActive())
        return;
    if (m_data.width.count() == 0)
        loadAll();
    else if (m_live)
        loadTail();
}

void ChartFeed::loadAll()
{
    if (m_monitor == 0 || m_plotWidth <= 0)
        return;
    m_settle.stop();
    // Half a screen more on either side, so that a short drag shows data at once.
    const TimeRange view = m_axis.view();
    const milliseconds width = wantedWidth();
    const UtcMs from = alignedDown(std::max<UtcMs>(0, view.from - view.span() / 2), width);
    const UtcMs to = std::min(view.to + view.span() / 2, m_watch.now());
    ask({from, std::max(from + 1, to)}, from, width);
}

void ChartFeed::loadTail()
{
    const UtcMs last = m_data.rollups.isEmpty() ? m_data.loaded.from : m_data.rollups.last().start;
    const UtcMs from = std::max(m_data.loaded.from, alignedDown(last, m_data.width) - m_data.width.count());
    // What has left the view long ago is let go.
    const UtcMs oldest = std::max(m_data.loaded.from, m_axis.view().from - m_axis.view().span());
    ask({std::min(oldest, from), m_watch.now()}, from, m_data.width);
}

void ChartFeed::ask(TimeRange range, UtcMs rollupsFrom, milliseconds width)
{
    auto question = std::make_shared<Question>();
    question->generation = ++m_generation;
    question->range = range;
    question->rollupsFrom = rollupsFrom;
    question->width = width;
    question->live = range.to >= m_axis.home().to;
    const UtcMs now = m_watch.now();
    const bool all = rollupsFrom == range.from;
    question->withLoad = !service().isEmpty() && (all || std::abs(now - m_loadAskedAt) >= kLoadEveryMs);
    m_asking = true;
    if (question->withLoad) {
        m_loadAskedAt = now;
        ++question->outstanding;
        whenAnswered(m_watch.loadSeries(service(), range.from, range.to), this,
                     [this, question](Result<QList<LoadSeries>> answer) {
                         if (!answer) {
                             question->loadFailure = answer.error().sentence;
                             answer = m_data.load;
                         }
                         receive(question, &Question::load, answer);
                     });
    }
    whenAnswered(m_watch.rollups(m_monitor, rollupsFrom, range.to, width), this,
                 [this, question](const auto &answer) { receive(question, &Question::rollups, answer); });
    whenAnswered(m_watch.stateIntervals(m_monitor, range.from, range.to), this,
                 [this, question](const auto &answer) { receive(question, &Question::states, answer); });
    whenAnswered(m_watch.incidents(m_monitor, range.from, range.to), this,
                 [this, question](const auto &answer) { receive(question, &Question::incidents, answer); });
}

template <typename T>
void ChartFeed::receive(const QuestionPtr &question, T Question::*part, const Result<T> &answer)
{
    if (question->generation != m_generation)
        return;
    if (answer)
        (*question).*part = *answer;
    else if (question->failure.isEmpty())
        question->failure = answer.error().sentence;
    if (--question->outstanding == 0)
        finish(*question);
}

void ChartFeed::finish(const Question &question)
{
    m_asking = false;
    if (!question.failure.isEmpty()) {
        m_data.width = milliseconds(0);
        Q_EMIT failed(question.failure);
        return;
    }
    QList<Rollup> rollups;
    if (question.rollupsFrom > question.range.from) {
        rollups = std::move(m_data.rollups);
        rollups.removeIf([&](const Rollup &rollup) {
            return rollup.start >= question.rollupsFrom || rollup.start < question.range.from;
        });
    }
    rollups.append(question.rollups);
    const milliseconds tolerated = 2 * std::max(question.width, interval());
    const QList<LoadSeries> load = question.withLoad ? question.load : m_data.load;
    m_data = {question.range,
              question.width,
              rollups,
              question.states,
              question.incidents,
              findGaps(rollups, question.states, question.range, tolerated),
              load};
    m_live = question.live;
    Q_EMIT dataChanged();
    if (question.withLoad)
        Q_EMIT loadAnswered(question.loadFailure);
    followView();
}

} // namespace backwatch
