// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/httpheader.h"
#include "app/core/sample.h"

#include <QUrl>

#include <memory>

namespace backwatch {

/// One request and what came back, kept as evidence. The probe fills it from the very request that it judged.
struct Exchange
{
    /// Bytes of the body that are kept; DESIGN asks for the first 64 KiB.
    static constexpr qsizetype kBodyLimit = 64 * 1024;

    UtcMs startedAt = 0;
    Outcome outcome = Outcome::Internal;
    QString detail;

    QByteArray method;
    QUrl url;
    HttpHeaders requestHeaders;

    int status = 0; ///< 0: no answer
    QString httpVersion;
    QByteArray reason; ///< empty where the version has none
    HttpHeaders responseHeaders;
    QByteArray body;        ///< decoded, at most kBodyLimit
    qint64 bodySize = 0;    ///< bytes received in all
    bool truncated = false; ///< the other side stopped before its own announced end

    Phases phases;
    QString address;
    quint16 port = 0;
    std::optional<Certificate> certificate;
};

using ExchangePtr = std::shared_ptr<const Exchange>;

/// What a probe hands on: the sample always, the exchange where there was one to keep.
struct CheckResult
{
    Sample sample;
    ExchangePtr exchange;
};

} // namespace backwatch
