// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/rollup.h"
#include "app/core/sample.h"

#include <QTextStream>

namespace backwatch {

enum class HistoryFormat { Csv, Json };

/// Writes samples as they come, so that years of them need no memory.
class SampleOutput
{
public:
    SampleOutput(HistoryFormat format, QTextStream &out);
    void write(const QList<StoredSample> &samples);
    void finish();

private:
    HistoryFormat m_format;
    QTextStream &m_out;
    bool m_empty = true;
};

/// Columns
/// startedAt,outcome,state,httpStatus,dnsMs,connectMs,tlsMs,sendMs,waitMs,receiveMs,totalMs,address,detail.
void writeSamples(const QList<StoredSample> &samples, HistoryFormat format, QTextStream &out);

/// Columns start,checks,failures,p50Ms,p95Ms,p99Ms,maxMs,codes; codes as "200:57 503:3".
void writeRollups(const QList<Rollup> &rollups, HistoryFormat format, QTextStream &out);

/// A text as a CSV field: quoted where needed, and never something that a spreadsheet takes for a formula.
QString csvField(const QString &text);

} // namespace backwatch
