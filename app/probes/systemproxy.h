// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/httpcheck.h"

#include <QHash>

namespace backwatch {

/// What the desktop says about proxies. Asking it may take a while (a script may have to be fetched), so each
/// answer holds for a minute. Belongs to one thread, and that should be the one of the event loop.
class SystemProxy
{
public:
    static constexpr qint64 kKeepForMs = 60'000;

    /// Replaces a proxy "system" by what that means for this URL now: an address, or none. A redirect to
    /// another host keeps to it.
    void settle(HttpCheck &check, qint64 nowMs);

private:
    struct Kept
    {
        QString proxy;
        QString password;
        qint64 until = 0;
    };

    static Kept ask(const QUrl &url, qint64 until);

    QHash<QString, Kept> m_kept; ///< by scheme, host and port
};

} // namespace backwatch
