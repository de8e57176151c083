// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace backwatch {

/// The single statements of an SQL script, without the closing semicolons. Semicolons in comments, in quoted
/// text and in the body of a trigger end nothing.
QStringList splitStatements(QStringView script);

} // namespace backwatch
