// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/diagnosis.h"

namespace backwatch {

/// The diagnosis in one sentence: "Varnish Cache answers 503; failing part: the web server; most likely
/// cause: what should answer refuses connections." Empty when nothing is wrong.
QString verdictSentence(const Diagnosis &diagnosis);
QString layerName(Layer layer); ///< "web server", in the user's language

} // namespace backwatch
