// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/rollup.h"
#include "app/history/latencysketch.h"
#include "app/history/samplerow.h"

#include <array>
#include <optional>
#include <vector>

namespace backwatch {

/// How often each number was seen.
class Tally
{
public:
    struct Entry
    {
        qint64 number = 0;
        qint64 count = 0;

        bool operator==(const Entry &) const = default;
    };

    void add(qint64 number, qint64 count = 1);
    void merge(const Tally &other);
    qint64 countOf(qint64 number) const;
    const std::vector<Entry> &entries() const { return m_entries; } ///< ascending, none empty

    QString text() const; ///< "200:57 503:3"
    static std::optional<Tally> fromText(QByteArrayView text);
    /// All that such a text counts; absent when it is damaged.
    static std::optional<qint64> totalOf(QByteArrayView text);
    void addText(QByteArrayView text); ///< as far as it is sound

    bool operator==(const Tally &) const = default;

private:
    std::vector<Entry> m_entries;
};

/// One phase over the samples that had it. Least and most are steps of valuecode.h.
struct PhaseSum
{
    qint64 count = 0;
    qint64 sum = 0; ///< µs
    qint64 leastCode = 0;
    qint64 mostCode = 0;

    void add(qint64 duration);
    void merge(const PhaseSum &other);
    bool operator==(const PhaseSum &) const = default;
};

/// What samples amount to, in a form in which the sum of parts is the sum of the whole.
struct RollupSum
{
    qint64 checks = 0;
    qint64 failures = 0;
    Tally codes;                 ///< see answerCode()
    Tally outcomes;              ///< by number
    std::optional<qint64> least; ///< µs, of the totals of checks that got an answer, as the sketch
    std::optional<qint64> most;
    qint64 sum = 0;
    LatencySketch sketch;
    std::array<PhaseSum, kPhaseCount> phases;

    void add(const SampleRow &row);
    void merge(const RollupSum &other);
    void clear(); ///< keeps the room of the sketch
    Rollup rollup(UtcMs start, milliseconds width) const;
    bool operator==(const RollupSum &) const = default;
};

/// Nothing when they are damaged.
QByteArray packPhases(const RollupSum &sum);
std::optional<std::array<PhaseSum, kPhaseCount>> unpackPhases(QByteArrayView bytes, qint64 checks);

} // namespace backwatch
