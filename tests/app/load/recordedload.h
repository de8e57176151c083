// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/load/loadparser.h"

#include <QFile>

namespace backwatch {

/// A recording of tests/data/load; ends the test program when it is not there.
inline QByteArray recordedLoad(const QString &name)
{
    QFile file(QStringLiteral(BACKWATCH_TEST_DATA "/load/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is not there.", qPrintable(file.fileName()));
    return file.readAll();
}

inline LoadReport loadReport(QStringView kind, const QByteArray &text)
{
    const auto report = parseLoad(kind, text);
    if (!report)
        qFatal("%s", qPrintable(report.error().sentence));
    return *report;
}

} // namespace backwatch
