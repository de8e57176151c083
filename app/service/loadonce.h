// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"
#include "app/service/loadpicture.h"

namespace backwatch {

class Clock;
class Probe;

struct LoadOnce
{
    LoadPicture picture;
    QStringList troubles; ///< a sentence for each source that could not be read
};

/// Reads the load sources of a service, all at once, and waits for them in an event loop of its own. What
/// needs two readings, such as how busy processors are, is not among it. For commands; a screen never calls
/// this.
LoadOnce readLoadOnce(Clock &clock, Probe &probes, const Service &service);

} // namespace backwatch
