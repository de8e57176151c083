// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"

#include <QList>
#include <QObject>

namespace backwatch {

/// One check to be made now. Secrets are already in it; a probe knows no keychain.
struct ProbeRequest
{
    quint64 token = 0; ///< chosen by the caller, comes back with the answer
    MonitorId monitor = 0;
    CheckSpec check;
    milliseconds timeout{10'000};              ///< for everything: names, redirects and the body included
    milliseconds interval{0};                  ///< the monitor's; 0: not known
    qsizetype keptBody = Exchange::kBodyLimit; ///< bytes of the body that the exchange is to have at most
};

struct ProbeAnswer
{
    quint64 token = 0;
    CheckResult result;
};

/// Asks once. Whatever happens on the other side or on this machine, every start() leads to exactly one
/// answer with that token, at the latest shortly after the timeout, and also after cancel()
/// (Outcome::Cancelled). start(), cancel() and answered() belong to the thread that the probe lives in; how
/// it waits is its own affair.
class Probe : public QObject
{
    Q_OBJECT

public:
    virtual void start(const ProbeRequest &request) = 0;
    virtual void cancel(quint64 token) = 0;

Q_SIGNALS:
    /// Several at a time when many end together; never from within start().
    void answered(const QList<backwatch::ProbeAnswer> &answers);
};

} // namespace backwatch
