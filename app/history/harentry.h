// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/outcome.h"

#include <QJsonObject>

namespace backwatch {

/// Who recorded a HAR file, where that changes how it has to be read.
enum class Browser {
    None, ///< a program, this one among them, or one that is not known
    Firefox,
    Chromium,
};

Browser browserOf(const QJsonObject &log);

/// How the request of one entry ended; Internal where the recording does not say.
Outcome outcomeOfEntry(const QJsonObject &entry, Browser by);
/// The answer ended before the end that it announced.
bool isCutShort(const QJsonObject &entry, Browser by);

/// What a browser asked for.
enum class Wanted {
    Part, ///< of a page: image, script, style, font
    Data, ///< by a program of the page, or by nobody knows whom
    Page,
};
/// A page where the entry does not say: other programs record what they were told to ask.
Wanted wantedBy(const QJsonObject &entry);

} // namespace backwatch
