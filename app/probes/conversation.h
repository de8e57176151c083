// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/verdict.h"

#include <QByteArray>

#include <optional>

namespace backwatch {

/// What one protocol says over one connection, from the first byte to a polite leave. Knows no sockets, no
/// clock and no other connection; the one who drives it does, and bounds time and size.
class Conversation
{
public:
    struct Step
    {
        enum class Then {
            Listen, ///< for more bytes
            Secure, ///< a TLS handshake once `send` is out; secured() comes next
            Leave,  ///< the verdict is there; `send` goes out, then the connection is closed
        };

        Then then = Then::Listen;
        QByteArray send;
        Verdict verdict; ///< only with Leave
    };

    virtual ~Conversation() = default;

    /// The connection is there, TLS included where it begins with the first byte.
    virtual Step opened() = 0;
    /// Bytes have come. What is understood is taken from the front of the buffer, the rest comes again with
    /// more behind it.
    virtual Step received(QByteArray &buffer) = 0;
    virtual Step secured() { return {}; }
    /// The other side closed with this left in the buffer. Leave is the only sensible answer.
    virtual Step closed(const QByteArray &rest) = 0;
    /// The time is over with this left in the buffer. A verdict where what came says more than that.
    virtual std::optional<Verdict> expired(const QByteArray &) { return std::nullopt; }
    /// What is being waited for, for the sentence of a time-out: "the greeting of the server". Translated.
    virtual QString awaited() const = 0;
};

} // namespace backwatch
