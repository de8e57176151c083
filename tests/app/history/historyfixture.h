// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/sample.h"
#include "app/history/historyreader.h"
#include "app/history/historywriter.h"

#include <QByteArray>
#include <QStringList>

namespace backwatch {

/// A sample with every phase, told apart by its start.
StoredSample goodSample(MonitorId monitor, UtcMs startedAt);
StoredSample failedSample(MonitorId monitor, UtcMs startedAt);

bool equal(const StoredSample &left, const StoredSample &right);
bool equal(const QList<StoredSample> &left, const QList<StoredSample> &right);

/// Opens, or ends the test program with the sentence.
std::unique_ptr<HistoryWriter> openWriter(const QString &path, const Clock &clock);
std::unique_ptr<HistoryReader> openReader(const QString &path);

/// Waits until everything is committed.
Result<void> flushed(HistoryWriter &writer);

/// What the sqlite3 command-line program answers, without the last line break; a null array when it fails.
QByteArray sqlite(const QString &path, const QString &statement);

QByteArray bytesOf(const QString &path);

} // namespace backwatch
