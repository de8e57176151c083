// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"
#include "app/core/result.h"
#include "app/history/pagefetcher.h"
#include "app/history/rollupbuilder.h"
#include "app/history/samplereader.h"

namespace backwatch {

/// Whether a stretch may be put together from the rows of hours and days in it.
enum class RollupSource { Stored, SamplesOnly };

/// Sums a range up: whole hours and days from their rows, the rest from samples. Where samples are no longer
/// kept, an hour goes as a whole where it began.
class RollupReader
{
public:
    RollupReader(const QSqlDatabase &database, SampleReader &samples, PageFetcher &pages)
        : m_database(database), m_samples(samples), m_pages(pages)
    {
    }

    Result<QList<Rollup>> rollups(MonitorId monitor, UtcMs from, UtcMs to, milliseconds width,
                                  RollupSource source);

private:
    Result<void> addDays(RollupBuilder &builder, MonitorId monitor, UtcMs from, UtcMs to) const;
    Result<void> addHours(RollupBuilder &builder, MonitorId monitor, UtcMs from, UtcMs to) const;
    /// Of packed days only what is outside that time; what is fresh is in no row yet.
    Result<void> addAnswers(RollupBuilder &builder, MonitorId monitor, UtcMs from, UtcMs to, TimeSpan inRows);
    Result<void> addHoursWithoutSamples(RollupBuilder &builder, MonitorId monitor, UtcMs from,
                                        UtcMs to) const;

    QSqlDatabase m_database;
    SampleReader &m_samples;
    PageFetcher &m_pages;
};

} // namespace backwatch
