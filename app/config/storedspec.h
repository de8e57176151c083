// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"
#include "app/core/result.h"

#include <QByteArray>

namespace backwatch {

/// What the database keeps of a monitor beside its names: JSON as in the monitors file. A sentence when it
/// could not be read back as the same.
Result<QByteArray> storedSpec(const Monitor &monitor);
Result<QByteArray> storedSpec(const Service &service);
Result<QByteArray> storedSpec(const NetworkSettings &network);

Result<Monitor> monitorFromSpec(const QByteArray &spec, const QString &service, const QString &name);
Result<Service> serviceFromSpec(const QByteArray &spec, const QString &name);
Result<NetworkSettings> networkFromSpec(const QByteArray &spec);

} // namespace backwatch
