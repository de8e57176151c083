// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/maintenancewindow.h"
#include "app/core/state.h"

#include <QList>

#include <optional>

namespace backwatch {

/// How a stretch of time was spent. The parts sum to it.
struct Availability
{
    milliseconds up{0};
    milliseconds degraded{0};
    milliseconds down{0};
    /// A parent was down. It counts like Down, because to a visitor it was not there; it stands apart so that
    /// a report can say that the monitor itself was not to blame.
    milliseconds unreachable{0};
    milliseconds maintenance{0};
    milliseconds paused{0};
    milliseconds notObserved{0};

    /// All of it.
    milliseconds period() const;
    /// What the figure is about: up, degraded, down and unreachable.
    milliseconds counted() const { return up + degraded + down + unreachable; }
    /// The share of Up and Degraded in what is counted, 0 to 1; absent when nothing is.
    std::optional<double> share() const;
    /// The share of the period in which somebody watched, 0 to 1: all but paused and not observed.
    double coverage() const;

    Availability &operator+=(const Availability &other);
    bool operator==(const Availability &) const = default;
};

/// @param intervals of settled states, in order of their start; where two overlap, the later one holds, and
///                  what lies between them was not observed
Availability availabilityIn(const QList<StateInterval> &intervals, const TimeSpan &period);

/// What a service of several monitors was: at each moment the worst that one of its monitors was, of those
/// that counted. One that is paused, in maintenance or not observed says nothing while another counts.
QList<StateInterval> combined(const QList<QList<StateInterval>> &monitors);

/// A stretch of time whose outage counts as something else.
struct Reclassified
{
    TimeSpan span;
    State counted = State::Maintenance;
};

/// Down and Unreachable inside of the spans become what they were classified as. The spans are in order of
/// their start; where two overlap, the earlier one holds.
QList<StateInterval> withReclassified(const QList<StateInterval> &intervals,
                                      const QList<Reclassified> &outages);

} // namespace backwatch
