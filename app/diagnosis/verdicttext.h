// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace backwatch {

/// The translation context of what is thought of a failure.
struct VerdictText
{
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

} // namespace backwatch
