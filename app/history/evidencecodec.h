// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"
#include "app/core/result.h"

namespace backwatch {

/// An exchange as a HAR 1.2 document with one entry. Members with a leading underscore hold what HAR has no
/// place for, so that exchangeFromHar() gives the same exchange back.
QByteArray harFromExchange(const Exchange &exchange);

/// One of the exchanges in a recording.
struct RecordedExchange
{
    Exchange exchange;
    qsizetype number = 1; ///< of the entry, counted from 1
    qsizetype entries = 1;
};

/// The entry of a HAR document that is to be explained, see entryToExplain(): of one that failed and stands
/// last, that one. Also of a document that a browser wrote. Bodies are cut to Exchange::kBodyLimit.
Result<RecordedExchange> recordedExchange(const QByteArray &har);
/// That exchange alone.
Result<Exchange> exchangeFromHar(const QByteArray &har);

/// What stands in the evidence table: HAR, compressed. Redacts nothing; the caller did.
Result<QByteArray> packEvidence(const Exchange &exchange);
Result<Exchange> unpackEvidence(const QByteArray &packed);

} // namespace backwatch
