// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"
#include "ui/mainwindow.h"

#include <memory>

namespace backwatch {

/// The main window with all its pages.
std::unique_ptr<MainWindow> createDesktop(Watch &watch);

} // namespace backwatch
