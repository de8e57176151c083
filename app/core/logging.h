// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

namespace backwatch {

Q_DECLARE_LOGGING_CATEGORY(lcProbe)   // backwatch.probe
Q_DECLARE_LOGGING_CATEGORY(lcHistory) // backwatch.history
Q_DECLARE_LOGGING_CATEGORY(lcService) // backwatch.service

} // namespace backwatch
