// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/diagnosis.h"
#include "app/load/loadfacts.h"

namespace backwatch {

/// What the load sources of one service say at a moment, for its diagnoses.
struct LoadPicture
{
    QStringList facts; ///< of exhaustion where there is any, otherwise of room; worst first
    bool overloaded = false;
    bool workersExhausted = false;
    FailingPart exhausted;

    void describe(DiagnosisContext &context) const;
};

LoadPicture loadPictureOf(QList<LoadFact> facts);

} // namespace backwatch
