// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"

#include <QRandomGenerator>

namespace backwatch {

/// A valid configuration of which every field varies, with texts that YAML could take for something else.
/// Monitors come in the order of their services, those without one last, as a file gives them.
Configuration generatedConfiguration(QRandomGenerator &random);

/// A valid monitor that depends on nothing.
Monitor generatedMonitor(QRandomGenerator &random, const QString &service, const QString &name);

} // namespace backwatch
