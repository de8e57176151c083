// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/problems.h"

#include <QString>

#include <memory>
#include <vector>

namespace backwatch {

struct YamlNode;
using YamlNodePtr = std::shared_ptr<const YamlNode>;

struct YamlEntry
{
    QString key;
    TextPosition keyAt;
    YamlNodePtr value;
};

/// One value of a YAML document. An alias is the very node that its anchor names.
struct YamlNode
{
    enum class Kind { Null, Scalar, Sequence, Map };

    Kind kind = Kind::Null;
    TextPosition at;
    QString text;                   ///< of a scalar
    bool quoted = false;            ///< a scalar that is text whatever it looks like
    std::vector<YamlNodePtr> items; ///< of a sequence
    std::vector<YamlEntry> entries; ///< of a map; every key once

    qint64 weight = 0; ///< bytes and nodes with every alias written out
    int height = 1;    ///< of the tree below, aliases written out
};

/// Parses the text that `problems` holds. Size, depth and aliases are bounded; null and a problem when it is
/// not one well-formed YAML document in UTF-8.
YamlNodePtr readYaml(Problems &problems);

} // namespace backwatch
