// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/logging.h"

namespace backwatch {

Q_LOGGING_CATEGORY(lcProbe, "backwatch.probe", QtInfoMsg)
Q_LOGGING_CATEGORY(lcHistory, "backwatch.history", QtInfoMsg)
Q_LOGGING_CATEGORY(lcService, "backwatch.service", QtInfoMsg)

} // namespace backwatch
