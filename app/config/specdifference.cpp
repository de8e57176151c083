// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/specdifference.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <vector>

namespace backwatch {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ConfigurationChange)
};

struct Field
{
    QString name;
    SpecNode value;
};

/// A text of the admin in one short line; in quotation marks where it is more than a word.
QString shown(QString text)
{
    constexpr qsizetype kShown = 60;
    if (text.contains(QStringLiteral("://")))
        text = QUrl(text).toString(QUrl::RemoveUserInfo);
    if (text.size() > kShown)
        text = text.first(kShown) + u'…';
    for (QChar &c : text)
        if (!c.isPrint() && !c.isSurrogate())
            c = u' ';
    return text.isEmpty() || text.contains(u' ') ? QString(u'"' + text + u'"') : text;
}

QString shown(const SpecNode &node)
{
    QStringList parts;
    switch (node.kind) {
    case SpecNode::Kind::Text:
    case SpecNode::Kind::Word:
        return shown(node.text);
    case SpecNode::Kind::List:
        for (const auto &item : node.items)
            parts += shown(item);
        return u'[' + parts.join(QStringLiteral(", ")) + u']';
    case SpecNode::Kind::Map:
        for (const auto &[key, value] : node.entries)
            parts += key + u' ' + shown(value);
        return parts.join(u' ');
    }
    return {};
}

/// A list is one field, and so is what fits in a line: {secret: NAME}.
void collect(const SpecNode &map, const QString &prefix, const QString &kind, QList<Field> &out)
{
    for (const auto &[key, value] : map.entries) {
        const bool isGroup = value.kind == SpecNode::Kind::Map && !value.inLine && !value.hidden;
        if (isGroup)
            collect(value, prefix.isEmpty() && key == kind ? QString() : QString(prefix + key + u'.'), kind,
                    out);
        else
            out.append({prefix + key, value});
    }
}

const SpecNode *find(const QList<Field> &fields, const QString &name)
{
    const auto found = std::find_if(fields.cbegin(), fields.cend(),
                                    [&name](const Field &field) { return field.name == name; });
    return found == fields.cend() ? nullptr : &found->value;
}

QString mentioned(const QString &field, const SpecNode *before, const SpecNode *after)
{
    if (!before)
        return Words::tr("%1 added").arg(field);
    return after ? Words::tr("%1 changed").arg(field) : Words::tr("%1 removed").arg(field);
}

/// Header fields of a hidden group or list, by their names.
QList<SpecNode::Entry> headersIn(const SpecNode *node)
{
    QList<SpecNode::Entry> headers;
    if (node) {
        headers = node->entries;
        for (const auto &item : node->items)
            headers += item.entries;
    }
    return headers;
}

std::vector<SpecNode> valuesOf(const QList<SpecNode::Entry> &headers, const QString &name)
{
    std::vector<SpecNode> values;
    for (const auto &[key, value] : headers)
        if (key == name)
            values.push_back(value);
    return values;
}

/// Values of headers are never shown: Authorization and Cookie are secrets, and others may be.
QStringList differingHeaders(const SpecNode *before, const SpecNode *after)
{
    const auto old = headersIn(before);
    const auto now = headersIn(after);
    QStringList names;
    for (const auto &[key, value] : old + now)
        if (!names.contains(key))
            names += key;
    QStringList texts;
    const SpecNode there;
    for (const auto &name : std::as_const(names)) {
        const auto oldValues = valuesOf(old, name);
        const auto newValues = valuesOf(now, name);
        if (oldValues != newValues)
            texts += mentioned(QStringLiteral("header ") + name, oldValues.empty() ? nullptr : &there,
                               newValues.empty() ? nullptr : &there);
    }
    if (texts.isEmpty())
        texts += mentioned(Words::tr("order of headers"), &there, &there);
    return texts;
}

QStringList differing(const QString &field, const SpecNode *before, const SpecNode *after)
{
    if (before && after && *before == *after)
        return {};
    const SpecNode &either = after ? *after : *before;
    if (either.hidden && either.kind != SpecNode::Kind::Text && field == u"headers")
        return differingHeaders(before, after);
    if (either.hidden)
        return {mentioned(field, before, after)};
    const QString none = Words::tr("none");
    const QString old = before ? shown(*before) : none;
    const QString now = after ? shown(*after) : none;
    // What differs where nobody sees it: in a password, or behind the end of the line.
    return {old == now ? mentioned(field, before, after)
                       : QString(field + u' ' + old + QStringLiteral(" -> ") + now)};
}

} // namespace

QStringList differingFields(const SpecNode &before, const SpecNode &after, const QString &kind)
{
    QList<Field> old;
    QList<Field> now;
    collect(before, {}, kind, old);
    collect(after, {}, kind, now);
    QStringList texts;
    for (const auto &field : std::as_const(now))
        texts += differing(field.name, find(old, field.name), &field.value);
    for (const auto &field : std::as_const(old))
        if (!find(now, field.name))
            texts += differing(field.name, &field.value, nullptr);
    return texts;
}

QStringList differingText(const QString &field, const QString &before, const QString &after)
{
    if (before == after)
        return {};
    const SpecNode old = textNode(before);
    const SpecNode now = textNode(after);
    return differing(field, before.isEmpty() ? nullptr : &old, after.isEmpty() ? nullptr : &now);
}

} // namespace backwatch
