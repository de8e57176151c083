// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/recognise.h"

using namespace backwatch;

// A status line's reason, then one field a line as "Name: value", as they come off the wire.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Exchange exchange;
    exchange.method = "GET";
    exchange.status = 503;
    const auto lines =
        QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)).split('\n');
    exchange.reason = lines.first();
    for (const auto &line : lines.mid(1)) {
        const auto colon = line.indexOf(':');
        if (colon > 0)
            exchange.responseHeaders.append({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    holds(shippedFingerprints().recognise(exchange));
    return 0;
}
