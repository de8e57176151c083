// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/layer.h"
#include "app/core/timestamp.h"
#include "app/load/loadreport.h"

namespace backwatch {

/// What a reading says of how much more can be served.
enum class LoadStrain {
    Room,    ///< there is some left
    Machine, ///< the machine is short of something: processors, memory, disk
    Workers, ///< who serves requests is at its limit, or requests wait already
};

struct LoadFact
{
    LoadStrain strain = LoadStrain::Room;
    QString sentence;             ///< translated, with the measured values and their time in UTC
    Layer layer = Layer::Unknown; ///< of who is at its limit
    QString product{};            ///< its id, "php-fpm"

    bool operator==(const LoadFact &) const = default;
};

/// The sentences of one source, worst first; none where its values alone say nothing.
/// @param machine how people know the machine that the report is of: the host of its address
QList<LoadFact> loadFacts(const LoadReport &report, const QString &machine, UtcMs at);

} // namespace backwatch
