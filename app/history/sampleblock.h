// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/history/columncodec.h"
#include "app/history/samplerow.h"

#include <QByteArray>

namespace backwatch {

enum class Precision : quint8 {
    Exact = 0,
    HalfPercent =
        1, ///< of phases and total; everything else stays exact. Packing again changes nothing more.
};

/// Samples of one monitor as bytes, column by column, compressed. They keep their order.
Result<QByteArray> packSamples(const SampleRows &rows, Precision precision);
Result<SampleRows> unpackSamples(const QByteArray &packed);

/// What charts and counts are made of, without the rest.
struct AnswerColumns
{
    Column startedAt;
    Column outcome;
    Column httpStatus;
    Column total; ///< µs
};
Result<AnswerColumns> unpackAnswers(const QByteArray &packed);

} // namespace backwatch
