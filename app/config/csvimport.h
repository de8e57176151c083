// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/importedmonitors.h"

namespace backwatch {

/// Rows as RFC 4180 has them, with commas, semicolons or tabs between, whichever the first line uses.
QList<QStringList> csvRows(const QString &text);

/// A table of monitors. With a header: url (needed), name, service, interval, timeout, retries, method,
/// status, contains, paused, in any order; without one name and url.
Result<ImportedMonitors> monitorsFromCsv(const QByteArray &text, const QString &fileName);

} // namespace backwatch
