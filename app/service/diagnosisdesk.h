// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"
#include "app/diagnosis/diagnosis.h"
#include "app/guide/playbooks.h"
#include "app/history/evidencecodec.h"

namespace backwatch {

/// A diagnosis and what to do about it.
struct Finding
{
    Diagnosis diagnosis;
    Guide guide;

    QStringList stepIds() const; ///< most useful first
};

/// Draws findings from exchanges with all that this program knows of products. For commands.
class DiagnosisDesk
{
public:
    /// Reads the products and playbooks that the program carries.
    static Result<DiagnosisDesk> open();

    /// Secrets are left out of what the finding quotes.
    Finding find(const Exchange &exchange, const DiagnosisContext &context, UtcMs now) const;
    const Fingerprints &fingerprints() const { return m_fingerprints; }
    /// The guide of a diagnosis that was revised meanwhile.
    Guide guideFor(const Exchange &exchange, const Diagnosis &diagnosis) const;

private:
    DiagnosisDesk(Fingerprints fingerprints, Playbooks playbooks);

    Fingerprints m_fingerprints;
    Playbooks m_playbooks;
};

/// What is known of a monitor before anything is asked.
DiagnosisContext contextOf(const Monitor &monitor);

/// The exchange of a HAR file that failed last, or the last one; of this program or a browser's.
Result<RecordedExchange> readRecording(const QString &fileName);

} // namespace backwatch
