// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/core/secret.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

namespace backwatch {

/// What is to stand in a monitors file, before it is text.
struct SpecNode
{
    enum class Kind {
        Text,
        Word, ///< a number, true, false or null: never in quotation marks
        List,
        Map,
    };
    using Entry = std::pair<QString, SpecNode>;

    Kind kind = Kind::Map;
    QString text;
    QList<SpecNode> items;  ///< of a list
    QList<Entry> entries{}; ///< of a map, in the order of the file
    bool inLine = false;    ///< [a, b] instead of a line each
    bool hidden = false;    ///< may be a secret: no message shows it

    bool operator==(const SpecNode &other) const;
};

SpecNode textNode(const QString &text);
SpecNode wordNode(const QString &word);
SpecNode wordNode(qint64 number);
/// Text, or {base64: …} for bytes that are no UTF-8.
SpecNode bytesNode(const QByteArray &bytes);
SpecNode listNode(const QStringList &texts);
SpecNode secretNode(const Secret &secret); ///< {secret: NAME}

enum class Usual {
    LeftOut, ///< as in a file
    Written, ///< for comparing: what is usual has a name, too. Only what is empty is left out.
};

/// Fills a map; values that are the usual ones are left out.
class SpecMap
{
public:
    explicit SpecMap(Usual usual) : m_usual(usual) {}

    void text(const QString &key, const QString &value, const QString &usual = {});
    void number(const QString &key, qint64 value, qint64 usual);
    void flag(const QString &key, bool value, bool usual);
    void duration(const QString &key, std::optional<milliseconds> value,
                  std::optional<milliseconds> usual = {});
    void secret(const QString &key, const Secret &secret);
    /// Left out where it has nothing in it and the usual one has neither.
    void texts(const QString &key, const QStringList &values);
    void node(const QString &key, const SpecNode &node);
    /// Left out where it is empty.
    void part(const QString &key, const SpecNode &map);

    Usual usual() const { return m_usual; }
    SpecNode node() const { return m_node; }

private:
    bool writes(bool isUsual) const { return !isUsual || m_usual == Usual::Written; }

    Usual m_usual;
    SpecNode m_node;
};

enum class SpecStyle { Yaml, Json };

/// The same input always gives the same bytes.
QByteArray writtenSpec(const SpecNode &node, SpecStyle style);

} // namespace backwatch
