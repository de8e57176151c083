// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/service/datadirectory.h"

#include <QList>

namespace backwatch {

/// One thing that Backwatch needs from the machine it runs on.
struct SelfCheckLine
{
    QString name;
    bool well = false;
    QString sentence; ///< what was found, and the cure where it is not well
};

/// Looks at database, history, keychain, TLS trust, clock, own network and fonts. Waits at most a few seconds
/// for the keychain.
QList<SelfCheckLine> selfCheck(const DataDirectory &directory, const Clock &clock);

} // namespace backwatch
