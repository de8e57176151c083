// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/probe.h"

#include <memory>

namespace backwatch {

class Clock;

/// What all probes of this program have in common.
struct ProbeSettings
{
    QString certificateAuthorities; ///< PEM file to trust instead of the system's; empty: the system's
    quint16 pushPort = 7525;        ///< of 127.0.0.1, where jobs report in; 0: any free one
    QByteArray userAgent = QByteArrayLiteral("Backwatch/" BACKWATCH_VERSION);
};

/// The probe for every kind of check there is: it hands each request to the one that knows the protocol.
/// A new kind is one line in its source. The clock must outlive it.
std::unique_ptr<Probe> createProbes(const Clock &clock, const ProbeSettings &settings = {});

} // namespace backwatch
