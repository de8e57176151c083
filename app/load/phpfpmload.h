// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/load/loadreport.h"

#include <QByteArrayView>

namespace backwatch {

/// The status page of a pool of PHP-FPM, as text or as JSON, short or full.
Result<LoadReport> parsePhpFpmStatus(QByteArrayView text);

} // namespace backwatch
