// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QStringList>

namespace backwatch {

/// The gateways of default routes in the text of Linux' /proc/net/route; lines that make no sense are left
/// out.
QStringList gatewaysInRoutes(QByteArrayView procNetRoute);
/// The same for /proc/net/ipv6_route; a link-local one carries its interface: "fe80::1%eth0".
QStringList gatewaysInRoutes6(QByteArrayView procNetIpv6Route);

} // namespace backwatch
