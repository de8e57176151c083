// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/timeaxis.h"

#include <algorithm>

namespace backwatch {

namespace {

constexpr qint64 kNarrowestSpanMs = 120'000;

} // namespace

TimeAxis::TimeAxis(QObject *parent) : QObject(parent), m_zone(QTimeZone::systemTimeZone()) {}

void TimeAxis::setZone(const QTimeZone &zone)
{
    m_zone = zone;
    Q_EMIT viewChanged();
}

void TimeAxis::setHome(TimeRange home)
{
    if (home.span() <= 0)
        return;
    m_home = home;
    m_view = home;
    setCrosshair(std::nullopt);
    Q_EMIT viewChanged();
}

void TimeAxis::advanceTo(UtcMs now)
{
    if (now <= m_home.to)
        return;
    const bool following = isHome();
    m_home = {now - m_home.span(), now};
    if (following) {
        m_view = m_home;
        Q_EMIT viewChanged();
    }
}

void TimeAxis::zoom(double factor, UtcMs anchor)
{
    const auto narrowest = std::min(kNarrowestSpanMs, m_home.span());
    const auto span = std::clamp(qRound64(double(m_view.span()) * factor), narrowest, m_home.span());
    const auto ratio = double(span) / double(m_view.span());
    setView(anchor - qRound64(double(anchor - m_view.from) * ratio), span);
}

void TimeAxis::pan(qint64 ms)
{
    setView(m_view.from + ms, m_view.span());
}

void TimeAxis::reveal(UtcMs time)
{
    const qint64 margin = m_view.span() / 20;
    if (time < m_view.from)
        pan(time - margin - m_view.from);
    else if (time >= m_view.to)
        pan(time + margin - m_view.to);
}

void TimeAxis::reset()
{
    setView(m_home.from, m_home.span());
}

void TimeAxis::setCrosshair(std::optional<UtcMs> time)
{
    if (m_crosshair == time)
        return;
    m_crosshair = time;
    Q_EMIT crosshairChanged();
}

void TimeAxis::setView(UtcMs from, qint64 span)
{
    const UtcMs start = std::max<UtcMs>(0, std::min(from, m_home.to - span));
    const TimeRange view{start, start + span};
    if (view == m_view)
        return;
    m_view = view;
    Q_EMIT viewChanged();
}

} // namespace backwatch
