// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace backwatch {

/// The translation context of this room's sentences.
class HistoryText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::HistoryText)
};

} // namespace backwatch
