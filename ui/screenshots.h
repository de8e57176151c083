// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/service/watch.h"

#include <QStringList>

namespace backwatch {

/// Renders every screen in both themes to FOLDER/<screen>.png and FOLDER/<screen>-dark.png: wall, monitor,
/// incident, first-start. Waits, at most half a minute, until every monitor has answered and one is down, so
/// that there is something real to see. Gives the files that it wrote.
Result<QStringList> takeScreenshots(Watch &watch, const QString &folder);

} // namespace backwatch
