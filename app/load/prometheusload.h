// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/load/loadreport.h"

#include <QByteArrayView>

namespace backwatch {

/// What node_exporter, HAProxy itself and the exporters of nginx, Apache and PHP-FPM say, in one text or in
/// several.
Result<LoadReport> parsePrometheusLoad(QByteArrayView text);

} // namespace backwatch
