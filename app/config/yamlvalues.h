// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/yamldocument.h"
#include "app/core/duration.h"
#include "app/core/result.h"

#include <QStringList>

#include <optional>

namespace backwatch {

// Looking into YAML of other programs, where what is not known does no harm. A null node has nothing in it.

Result<YamlNodePtr> parsedYaml(const QByteArray &text, const QString &fileName);
YamlNodePtr child(const YamlNodePtr &node, const char *key);
/// The scalar, or nothing.
QString textOf(const YamlNodePtr &node);
QString textAt(const YamlNodePtr &node, const char *key);
bool flagAt(const YamlNodePtr &node, const char *key, bool otherwise = false);
/// "30s", "1m30s"; fractions as Go writes them ("1.5s") too.
std::optional<milliseconds> durationAt(const YamlNodePtr &node, const char *key);
/// The scalars of a list; one alone counts as a list.
QStringList textsAt(const YamlNodePtr &node, const char *key);
const std::vector<YamlNodePtr> &itemsAt(const YamlNodePtr &node, const char *key);
QStringList keysOf(const YamlNodePtr &node);

} // namespace backwatch
