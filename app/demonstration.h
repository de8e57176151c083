// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/result.h"
#include "app/service/datadirectory.h"
#include "app/service/demoservers.h"

#include <QTemporaryDir>

#include <memory>

namespace backwatch {

/// What `--demo` stands on: servers on loopback and a data directory with 30 days of history that is gone
/// afterwards.
class Demonstration
{
public:
    static Result<std::unique_ptr<Demonstration>> prepare(const Clock &clock);

    DataDirectory directory() const { return DataDirectory(m_folder.path()); }

private:
    Demonstration() = default;

    DemoServers m_servers;
    QTemporaryDir m_folder;
};

} // namespace backwatch
