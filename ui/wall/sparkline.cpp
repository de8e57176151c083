// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/sparkline.h"

#include "app/core/answercode.h"
#include "ui/theme/stateshape.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace backwatch {

namespace {

constexpr qint64 kHour = 3'600'000;
/// A bar never vanishes.
constexpr double kLowest = 0.15;
/// Good answers leave the upper part to failures.
constexpr double kSlowest = 0.75;
/// When all answers of the hour are fast, their small differences mean nothing: low and calm.
constexpr double kCalmSlowest = 200'000; // microseconds

bool isFailure(const StoredSample &stored)
{
    return judgementOf(stored.sample.outcome) == Judgement::Failed;
}

/// The worst code has the bar: no answer, then 503, the other 5xx, 4xx, and the rest.
int severity(int code)
{
    if (code == 0)
        return 1'000;
    if (code == kWrongAnswer)
        return 599;
    return code == 503 ? 600 : code;
}

double heightOf(const StoredSample &stored, double slowest)
{
    if (isFailure(stored))
        return 1;
    const double share = static_cast<double>(stored.sample.phases.total.count()) / slowest;
    return std::clamp(share * kSlowest, kLowest, kSlowest);
}

void lay(SparkBar &bar, const StoredSample &stored, double height)
{
    const int code = answerCode(stored.sample.outcome, stored.sample.httpStatus);
    if (!bar.observed || severity(code) > severity(bar.code))
        bar.code = code;
    bar.height = std::max(bar.height, height);
    bar.observed = true;
}

} // namespace

QList<SparkBar> sparkBars(const QList<StoredSample> &samples, milliseconds interval, UtcMs now, int count)
{
    QList<SparkBar> bars(std::max(1, count));
    const qint64 width = kHour / bars.size();
    const qint64 lastStart = now / width * width;
    const qint64 firstStart = lastStart - (bars.size() - 1) * width;
    double slowest = kCalmSlowest;
    for (const StoredSample &stored : samples)
        if (!isFailure(stored))
            slowest = std::max(slowest, static_cast<double>(stored.sample.phases.total.count()));
    for (qsizetype i = 0; i < samples.size(); ++i) {
        const StoredSample &stored = samples.at(i);
        if (judgementOf(stored.sample.outcome) == Judgement::Neutral)
            continue;
        const UtcMs from = stored.sample.startedAt;
        UtcMs to = from + interval.count() * 3 / 2;
        if (i + 1 < samples.size())
            to = std::min(to, samples.at(i + 1).sample.startedAt);
        const double height = heightOf(stored, slowest);
        if (to <= firstStart || from > now)
            continue;
        const qint64 first = std::max<qint64>(0, (from - firstStart) / width);
        const UtcMs seenUntil = std::max(from, std::min(to, now + 1) - 1);
        const qint64 last = std::min<qint64>(bars.size() - 1, (seenUntil - firstStart) / width);
        for (qint64 bar = first; bar <= last; ++bar)
            lay(bars[bar], stored, height);
    }
    return bars;
}

void paintSparkline(QPainter &painter, const QRectF &where, const QList<SparkBar> &bars,
                    const Palette &palette)
{
    const qreal step = where.width() / static_cast<qreal>(bars.size());
    const qreal gap = step >= 2.5 ? std::clamp(std::round(step * 0.25), 1.0, 3.0) : 0;
    for (qsizetype i = 0; i < bars.size(); ++i) {
        const SparkBar &bar = bars.at(i);
        const qreal left = where.left() + std::round(static_cast<qreal>(i) * step);
        const qreal right = where.left() + std::round(static_cast<qreal>(i + 1) * step - gap);
        if (!bar.observed) {
            painter.fillRect(QRectF(left, where.bottom() - 1, right - left, 1), palette.hatch);
            continue;
        }
        const qreal height = std::max(2.0, std::round(where.height() * bar.height));
        const QRectF column(left, where.bottom() - height, std::max(1.0, right - left), height);
        painter.fillRect(column, palette.code(bar.code));
        if (bar.code == 0 && column.width() >= 3)
            paintHatch(painter, column, palette.surface, 5);
    }
}

} // namespace backwatch
