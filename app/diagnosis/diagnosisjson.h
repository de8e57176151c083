// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/diagnosis.h"

#include <QJsonObject>

namespace backwatch {

/// What `diagnose --json` prints; its members are public and stable. Without causes when nothing is wrong.
/// @param steps ids of the guide's steps, most useful first
QJsonObject diagnosisJson(const Diagnosis &diagnosis, const QStringList &steps);

/// The same for the history, with the moment and all that diagnosisFromJson() needs to give it back: verdict,
/// causes, failing part and questions; of the recognition what is public.
QJsonObject storedDiagnosis(const Diagnosis &diagnosis);
Diagnosis diagnosisFromJson(const QJsonObject &json);

} // namespace backwatch
