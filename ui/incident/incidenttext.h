// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/core/exchange.h"
#include "app/core/outageclass.h"
#include "app/core/state.h"
#include "app/guide/guide.h"

#include <QCoreApplication>
#include <QString>

namespace backwatch {

/// The words of the incident page, translated.
struct IncidentText
{
    Q_DECLARE_TR_FUNCTIONS(IncidentText)

public:
    static QString moment(UtcMs time);               ///< in this machine's zone, which it names
    static QString length(milliseconds duration);    ///< "5 min 12 s", the two largest units
    static QString milliseconds1(microseconds time); ///< "51.0 ms"
    static QString outcome(Outcome outcome, int httpStatus);
    static QString phase(const QString &id);             ///< dns, connect, tls, send, wait, receive, total
    static QString outageClass(OutageClass outageClass); ///< "maintenance"
    static QString risk(Risk risk);
    static QString statusLine(const Exchange &exchange);
};

} // namespace backwatch
