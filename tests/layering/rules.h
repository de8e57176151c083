// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

namespace backwatch {

/// What a room may include besides itself: whole rooms ("app/core"), or single headers of one
/// ("app/guide/guide.h").
using RoomRules = QHash<QString, QStringList>;

/// The rules of this project, as CONTRIBUTING.md tells them. A room that is not in here may not exist.
RoomRules roomRules();

/// Every name by which a header of Qt's screen modules can be included without its module's name:
/// "QColor", "qcolor.h". Read from the Qt that is installed.
QSet<QString> screenHeaders();

/// The modules themselves: "QtGui", "QtWidgets", …
QStringList screenModules();

} // namespace backwatch
