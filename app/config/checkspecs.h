// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/spectree.h"
#include "app/core/configuration.h"

namespace backwatch {

// What stands in a monitors file, of each part of a configuration.

SpecNode httpSpec(const HttpCheck &check, Usual usual);
/// Of every other kind.
SpecNode serverSpec(const CheckSpec &check, Usual usual);
/// verify, authorities, serverName, certificate, key, passphrase.
void addTlsSettings(const TlsSettings &tls, SpecMap &map);
QString familyWord(AddressFamily family);

/// The list of windows; empty where there are none.
SpecNode maintenanceSpec(const QList<MaintenanceWindow> &windows);
/// Empty where everything is usual and left out.
SpecNode networkSpec(const NetworkSettings &network, Usual usual);

/// A monitor without name, service and id; a service without name and monitors.
SpecNode monitorSpec(const Monitor &monitor, Usual usual);
SpecNode serviceSpec(const Service &service, Usual usual);
/// The whole file.
SpecNode fileSpec(const Configuration &configuration);

} // namespace backwatch
