// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/usualwitnesses.h"

#include <QStringList>

namespace backwatch {

QList<Witness> usualWitnesses(NetworkScope scope, const QStringList &gateways)
{
    constexpr quint16 kDnsPort = 53;
    QList<Witness> witnesses;
    switch (scope) {
    case NetworkScope::Lan:
        for (const auto &gateway : gateways)
            witnesses.append({NetworkScope::Lan, gateway, 0});
        break;
    case NetworkScope::Wan:
        for (const auto *address : {"1.1.1.1", "9.9.9.9", "2606:4700:4700::1111"})
            witnesses.append({NetworkScope::Wan, QString::fromLatin1(address), kDnsPort});
        break;
    case NetworkScope::Vpn:
    case NetworkScope::Loopback:
        break;
    }
    return witnesses;
}

} // namespace backwatch
