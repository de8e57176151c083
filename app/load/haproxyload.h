// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/load/loadreport.h"

#include <QByteArrayView>

namespace backwatch {

/// The statistics of HAProxy as CSV: the statistics page with ;csv behind.
Result<LoadReport> parseHaproxyStatistics(QByteArrayView text);

/// A frontend or a server, which has a limit of its own. That of a backend (fullconn) limits nothing.
struct HaproxyPart
{
    QByteArray name; ///< "shop", or "pool/web1"
    double sessions = 0;
    double limit = 0; ///< 0: none
};

/// What the statistics amount to, wherever they come from.
QList<LoadReading> haproxyReadings(double queue, double sessions, const QList<HaproxyPart> &parts);

} // namespace backwatch
