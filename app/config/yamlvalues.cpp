// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/yamlvalues.h"

#include <QRegularExpression>

namespace backwatch {

Result<YamlNodePtr> parsedYaml(const QByteArray &text, const QString &fileName)
{
    Problems problems(text, fileName);
    const auto root = readYaml(problems);
    if (!problems.isEmpty())
        return tl::make_unexpected(problems.toError());
    return root;
}

YamlNodePtr child(const YamlNodePtr &node, const char *key)
{
    if (node)
        for (const auto &entry : node->entries)
            if (entry.key == QLatin1String(key))
                return entry.value;
    return {};
}

QString textOf(const YamlNodePtr &node)
{
    return node && node->kind == YamlNode::Kind::Scalar ? node->text : QString();
}

QString textAt(const YamlNodePtr &node, const char *key)
{
    return textOf(child(node, key));
}

bool flagAt(const YamlNodePtr &node, const char *key, bool otherwise)
{
    const QString text = textAt(node, key).toLower();
    return text.isEmpty() ? otherwise : text == u"true" || text == u"yes" || text == u"on";
}

std::optional<milliseconds> durationAt(const YamlNodePtr &node, const char *key)
{
    const QString text = textAt(node, key).trimmed();
    if (const auto plain = parseDuration(text))
        return plain;
    static const QRegularExpression seconds(QStringLiteral("\\A([0-9]{1,9}(?:\\.[0-9]{1,6})?)(s|m|h)\\z"));
    const auto match = seconds.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const double unit = match.captured(2) == u"s" ? 1e3 : match.captured(2) == u"m" ? 6e4 : 3.6e6;
    return milliseconds(static_cast<qint64>(match.captured(1).toDouble() * unit));
}

QStringList textsAt(const YamlNodePtr &node, const char *key)
{
    const auto list = child(node, key);
    if (list && list->kind == YamlNode::Kind::Scalar)
        return {list->text};
    QStringList texts;
    for (const auto &item : itemsAt(node, key))
        if (item && item->kind == YamlNode::Kind::Scalar)
            texts += item->text;
    return texts;
}

const std::vector<YamlNodePtr> &itemsAt(const YamlNodePtr &node, const char *key)
{
    static const std::vector<YamlNodePtr> none;
    const auto list = child(node, key);
    return list ? list->items : none;
}

QStringList keysOf(const YamlNodePtr &node)
{
    QStringList keys;
    if (node)
        for (const auto &entry : node->entries)
            keys += entry.key;
    return keys;
}

} // namespace backwatch
