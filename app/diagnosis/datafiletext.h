// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace backwatch {

/// The translation context of what is wrong in a data file.
struct DataFileText
{
    Q_DECLARE_TR_FUNCTIONS(DataFile)
};

} // namespace backwatch
