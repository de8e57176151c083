// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"

#include <QString>

#include <thread>

namespace backwatch {

/// A year of hours lies in a thousand pages all over the file, which SQLite asks the disk for one after the
/// other. This asks for half of them at the same time, in a thread and over a connection of its own, so that
/// they are in the system's cache when their reader comes to them. Only a hint: what fails here fails there,
/// too, and is told there.
class PageFetcher
{
public:
    explicit PageFetcher(const QString &path) : m_path(path) {}
    ~PageFetcher();
    PageFetcher(const PageFetcher &) = delete;
    PageFetcher &operator=(const PageFetcher &) = delete;

    /// For who is about to read the hours of those days, from the first one to before the last one. Fetches
    /// nothing when they are few, and nothing of the monitor that it fetched last, whose pages the reader
    /// has.
    /// @returns whether it fetches
    bool expect(MonitorId monitor, qint64 firstDay, qint64 endDay);

private:
    void wait();

    const QString m_path;
    std::thread m_thread;
    MonitorId m_latest = 0;
};

} // namespace backwatch
