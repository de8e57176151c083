// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace backwatch {

/// Serves HTTP on that loopback port in this thread until the process is ended. Every request is answered
/// 50 ms after its last byte came; X-Delay-Us tells how long that really was and X-Accepted-Us when the
/// connection was accepted (CLOCK_MONOTONIC). A path that begins with /hang is never answered.
/// @return an exit code, when it cannot listen
int serveWithDelay(quint16 port);

} // namespace backwatch
