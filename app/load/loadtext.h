// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QByteArrayView>
#include <QCoreApplication>
#include <QList>

#include <optional>

namespace backwatch {

struct LoadText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::Load)
};

/// Bounds of what a source may send. A machine with 256 CPUs and a proxy with thousands of servers stay well
/// below them.
constexpr qsizetype kMostLoadBytes = 4 * 1024 * 1024;
constexpr qsizetype kMostLoadLines = 100'000;
constexpr qsizetype kMostLoadParts = 10'000; ///< file systems, proxies, servers
constexpr double kGreatestLoadNumber = 1e18; ///< what is added up stays finite

/// Without their ends, the empty ones too.
Result<QList<QByteArrayView>> loadLines(QByteArrayView text);

/// A finite number from 0 to kGreatestLoadNumber, surrounded by nothing; as all these sources write what they
/// count.
std::optional<double> loadNumber(QByteArrayView text);

/// What a server calls a part of it, fit for a sentence: printable, on one line, cut to a bearable length.
QString loadPart(QByteArrayView name);

/// HTML in place of the text that was asked for.
bool isHtml(QByteArrayView text);

} // namespace backwatch
