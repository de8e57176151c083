// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/palette.h"

#include <QString>

namespace backwatch {

/// The style sheet of the monitor page in a theme.
QString monitorPageStyle(const Palette &palette);

} // namespace backwatch
