// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

namespace backwatch {

/// A file layer for SQLite that fails now and then, between SQLite and the system's own. Once installed,
/// every database that this process opens goes through it. Writes fail for want of room, having written
/// nothing or the first half, or with an input/output error; so do fsync and truncation.
class FaultyFile
{
public:
    /// Makes it the layer that is used; once a process.
    static void install();

    /// From now on one operation in so many fails, in an order that the seed decides; 0: none does.
    static void failOneIn(int operations, unsigned seed);
    /// Failures so far.
    static int failures();
};

} // namespace backwatch
