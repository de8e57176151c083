// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace backwatch {

/// The translation context of what is wrong in a monitors file.
struct MonitorsFileText
{
    Q_DECLARE_TR_FUNCTIONS(MonitorsFile)
};

} // namespace backwatch
