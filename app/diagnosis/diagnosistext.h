// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/diagnosis.h"

namespace backwatch {

/// The diagnosis in one sentence: "Varnish Cache answers 503; failing part: the web server; most likely
/// cause: what should answer refuses connections." Empty when nothing is wrong.
/// @param answer what the page said of itself, "503 Backend fetch failed"; without it the number alone
QString verdictSentence(const Diagnosis &diagnosis, const QString &answer = {});
QString layerName(Layer layer); ///< "web server", in the user's language

} // namespace backwatch
