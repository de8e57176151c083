// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/load/loadreport.h"

#include <QByteArrayView>
#include <QStringView>

namespace backwatch {

/// Reads what a source of that kind (LoadSource) sent. Pure; bounded in time and memory by the text, and the
/// text by kMostLoadBytes. An error says what came instead and what to do.
Result<LoadReport> parseLoad(QStringView kind, QByteArrayView text);

/// "PHP-FPM"; of Prometheus "Prometheus".
QString loadSourceName(QStringView kind);

} // namespace backwatch
