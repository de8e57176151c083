// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace backwatch {

/// A proxy as HttpCheck::proxy names it.
struct ProxyAddress
{
    enum class Kind { Http, Https, Socks5, Socks5h };

    Kind kind = Kind::Http;
    QString host; ///< a name, or an address without brackets
    int port = 0;
    QString user;
    QString password; ///< one that stands in the address itself

    /// The proxy wants numbers, so the target's name is looked up by this program.
    bool wantsAddresses() const { return kind == Kind::Socks5; }
    bool isSocks() const { return kind == Kind::Socks5 || kind == Kind::Socks5h; }
    bool operator==(const ProxyAddress &) const = default;
};

/// Nothing where the text is no such address.
std::optional<ProxyAddress> parseProxy(const QString &text);

} // namespace backwatch
