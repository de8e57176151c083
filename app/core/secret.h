// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace backwatch {

/// Something that nobody may read in a file: a password, a token, a passphrase. A configuration only names
/// the entry of the system's keychain; the value is filled in just before a check and goes no further than
/// the probe.
struct Secret
{
    QString name;  ///< entry of the keychain; empty: there is none
    QString value; ///< empty in every stored or shown configuration

    bool isSet() const { return !name.isEmpty() || !value.isEmpty(); }
    bool operator==(const Secret &) const = default;
};

} // namespace backwatch
