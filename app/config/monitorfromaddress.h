// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"
#include "app/core/result.h"

namespace backwatch {

/// Makes a monitor of what somebody pasted or typed as an address: "shop.example",
/// "https://shop.example/path",
/// "[::1]:8080". Without a scheme it is https; http for addresses of this machine and of private networks,
/// and for the ports 80 and 8080. The name is the host and, where there is one, the path.
Result<Monitor> monitorFromAddress(const QString &typed);

} // namespace backwatch
