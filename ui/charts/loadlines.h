// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/loadhistory.h"
#include "ui/charts/gaps.h"

#include <QString>

namespace backwatch {

/// What is drawn over one value axis.
enum class LoadFamily {
    Use,         ///< percent of what there is: CPU, memory, workers
    Waiting,     ///< what had to wait, or was turned away
    Connections, ///< connections and workers without a known limit
    Requests,    ///< per second
};

QString loadFamilyName(LoadFamily family);

struct LoadLine
{
    LoadFamily family = LoadFamily::Use;
    QString label;
    QList<LoadPoint> points; ///< in the unit of the family
};

/// Series that this version does not know are left out.
QList<LoadLine> loadLines(const QList<LoadSeries> &series);

/// The points that one unbroken line may connect; where no reading came for a while it breaks.
QList<LatencyRun> loadRuns(const QList<LoadPoint> &points);

/// The reading that held at that moment; absent where there was none.
std::optional<double> loadAt(const LoadLine &line, UtcMs time);

/// "82 %", "12", "3.4/s"
QString loadValueText(LoadFamily family, double value);

} // namespace backwatch
