// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/witness.h"

#include <QList>

namespace backwatch {

/// Who is asked without anybody having said so: the routers for the LAN; for the internet, public resolvers
/// of independent operators (Cloudflare, Quad9) on their DNS port. A connection is opened and closed, nothing
/// is sent over it.
QList<Witness> usualWitnesses(NetworkScope scope, const QStringList &gateways);

} // namespace backwatch
