// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/load/loadreport.h"

#include <QByteArrayView>

namespace backwatch {

/// The machine-readable page of Apache's mod_status: server-status?auto.
Result<LoadReport> parseApacheStatus(QByteArrayView text);

} // namespace backwatch
