// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/diagnosis/cause.h"
#include "app/diagnosis/failingpart.h"
#include "app/diagnosis/standardsignals.h"

namespace backwatch {

/// A cause that a page allows for. What looks the same from outside stands side by side.
struct CandidateCause
{
    CauseKind kind = CauseKind::Unknown;
    Confidence confidence = Confidence::Low; ///< high: the answer alone tells it from every other cause
    QString fact;                            ///< sentence; empty when the rule's own facts say it all

    bool operator==(const CandidateCause &) const = default;
};

/// How long a product waits before it gives up, as it comes out of the box.
struct KnownTimeout
{
    milliseconds after{0};
    QString setting;                              ///< as the product calls it: "proxy_read_timeout"
    CauseKind cause = CauseKind::UpstreamTimeout; ///< what its running out means

    bool operator==(const KnownTimeout &) const = default;
};

/// Who made the answer that was seen, as far as it shows.
struct Recognition
{
    QString producer; ///< fingerprint id such as "varnish"; empty when nothing fits
    QString name;     ///< "Varnish Cache"
    Layer layer = Layer::Unknown;
    Confidence confidence = Confidence::Low;
    /// What the page says about the failure, in a word of the fingerprint's own: "fetch-failed", "synth";
    /// empty when it says nothing more.
    QString meaning;
    QStringList facts; ///< sentences that say what was seen
    QStringList path;  ///< ids of the hops that only carried it, outermost first
    QList<Reference> references;

    QList<CandidateCause> causes; ///< most likely first; empty when the answer says nothing about them
    FailingPart failing;          ///< as the answer shows it, without any other evidence
    QList<KnownTimeout> timeouts; ///< of the producer
    StandardSignals standard;     ///< what the fields that have a standard say
};

} // namespace backwatch
