// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/fingerprints.h"

#include <array>
#include <cstdint>
#include <cstdlib>

namespace backwatch {

/// The fingerprints that the program ships, read once.
inline const Fingerprints &shippedFingerprints()
{
    static const auto loaded = Fingerprints::load(QStringLiteral(BACKWATCH_FINGERPRINTS));
    if (!loaded)
        std::abort();
    return *loaded;
}

/// What has to hold of any recognition, whatever came in.
inline void holds(const Recognition &recognition)
{
    const bool named = !recognition.producer.isEmpty();
    if (named == recognition.name.isEmpty() || recognition.path.contains(recognition.producer))
        std::abort();
    for (const auto &reference : recognition.references)
        if (reference.value.isEmpty() || reference.value.size() > 400)
            std::abort();
}

} // namespace backwatch
