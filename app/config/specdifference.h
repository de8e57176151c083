// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/spectree.h"

namespace backwatch {

/// The fields that differ, each in a few words and by its name in the monitors file: "interval 30s -> 1m",
/// "expect.slowAfter none -> 2s". Values that may be secrets are only mentioned: "header Cookie changed".
/// @param kind the key of the check, which is left out of names: its fields are the monitor's for people
QStringList differingFields(const SpecNode &before, const SpecNode &after, const QString &kind = {});

/// "name before -> after"; nothing when they are the same.
QStringList differingText(const QString &field, const QString &before, const QString &after);

} // namespace backwatch
