// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"
#include "app/core/result.h"

#include <QStringList>

namespace backwatch {

/// The schemes besides http and https that a check can be written with: tcp, tls, dns, ping, redis …
QStringList serviceSchemes();

/// "tcp://db.example:3306", "dns://shop.example?type=MX&resolver=192.0.2.53", "ping://192.0.2.1",
/// "redis+unix:///run/redis.sock": the check and the layer that it watches, no name.
/// @param text begins with one of serviceSchemes(), with or without "+unix"
Result<Monitor> monitorFromServiceAddress(const QString &text);

} // namespace backwatch
