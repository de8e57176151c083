// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/secrets/keychain.h"

namespace backwatch {

/// What SecretStore promises, in questions to a keychain; one at a time, because each may read the list of
/// names, change it and write it back. The first answer that is neither Done nor NotFound ends it.

/// The secret first, then its name in the list: whatever goes wrong, nothing is listed that is not there.
void writeEntry(Keychain &keychain, const QString &name, const QString &value, const Keychain::Take &take);
/// Takes the name off the list as well, also where the secret itself had gone.
void removeEntry(Keychain &keychain, const QString &name, const Keychain::Take &take);
/// The list of names as its entry has it; empty where there is none yet.
void listEntries(Keychain &keychain, const Keychain::Take &take);
/// Puts a name on the list that another program's write may have lost.
void noteEntry(Keychain &keychain, const QString &name, const Keychain::Take &take);
/// Reads only if nobody has to be bothered; otherwise Unsure.
void readQuietly(Keychain &keychain, const QString &name, const Keychain::Take &take);

} // namespace backwatch
