// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace backwatch {

constexpr qsizetype kShownBytes = 120;

/// What a server wrote, fit for one line of a sentence.
QString shownBytes(QByteArrayView bytes, qsizetype limit = kShownBytes);

} // namespace backwatch
