// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/recognise.h"

using namespace backwatch;

// The first byte chooses a status, the rest is the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static constexpr std::array kStatus{200, 404, 429, 500, 502, 503, 504, 508, 521, 530};
    if (size < 1)
        return 0;
    Exchange exchange;
    exchange.method = "GET";
    exchange.status = kStatus[data[0] % kStatus.size()];
    exchange.responseHeaders = {{"Content-Type", "text/html"}, {"X-Varnish", "12 34"}, {"CF-RAY", "1a"}};
    exchange.body = QByteArray(reinterpret_cast<const char *>(data + 1), static_cast<qsizetype>(size) - 1);
    holds(shippedFingerprints().recognise(exchange));
    return 0;
}
