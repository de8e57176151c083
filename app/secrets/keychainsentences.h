// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

namespace backwatch {

/// What a person reads of the keychain. No value ever gets in here.
namespace keychainsentences {

Error notFound(const QString &name);
Error notInMemory(const QString &name);
Error locked();
/// @param detail a sentence that says more; empty for the usual one
Error absent(const QString &detail);
/// @param detail the keychain's own words; left out where they repeat the value
Error refused(const QString &detail, const QString &value);

QString waitsForUnlock();
QString waitsForService();
QString sessionOnly();

} // namespace keychainsentences

} // namespace backwatch
