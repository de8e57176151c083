// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace backwatch {

/// Every day of the week.
const QString kDailyWord = QStringLiteral("daily");

/// Words of the monitors file, Monday first.
inline QStringList weekdayWords()
{
    return {QStringLiteral("mon"), QStringLiteral("tue"), QStringLiteral("wed"), QStringLiteral("thu"),
            QStringLiteral("fri"), QStringLiteral("sat"), QStringLiteral("sun")};
}

} // namespace backwatch
