// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/load/loadreport.h"

#include <QByteArrayView>

namespace backwatch {

/// The page of nginx's module stub_status.
Result<LoadReport> parseNginxStatus(QByteArrayView text);

} // namespace backwatch
