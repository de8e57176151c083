// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/evidencecodec.h"
#include "tests/fuzz/recognise.h"

using namespace backwatch;

// A HAR file as somebody may hand it over, read and then recognised.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto har = QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const auto exchange = exchangeFromHar(har))
        holds(shippedFingerprints().recognise(*exchange));
    return 0;
}
