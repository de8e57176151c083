// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QTextStream>

namespace backwatch {

/// Reads a value from a file descriptor: all there is, without one line end at its end. From a terminal it is
/// one line, asked for on err and not shown while it is typed; a signal that ends the program meanwhile
/// leaves the terminal as it was.
Result<QString> readSecretInput(int descriptor, const QString &prompt, QTextStream &err);

} // namespace backwatch
