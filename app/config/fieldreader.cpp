// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/fieldreader.h"

#include "app/config/monitorsfiletext.h"
#include "app/config/suggestion.h"

#include <algorithm>

namespace backwatch {

namespace {

bool isWholeNumber(QStringView text)
{
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// Why a text is no duration.
QString durationHint(const QString &key, const QString &text)
{
    if (isWholeNumber(text))
        return MonitorsFileText::tr("%1 needs a unit: %2 may be %2s, %2m or %2h.").arg(key, text);
    if (text.startsWith(u'-'))
        return MonitorsFileText::tr("%1 cannot be negative. Write a duration such as 30s.").arg(key);
    return MonitorsFileText::tr(
               "%1 is no duration: \"%2\". Write whole numbers with ms, s, m, h or d, such as 30s "
               "or 1h30m.")
        .arg(key, text);
}

} // namespace

std::optional<QString> scalarText(const YamlNodePtr &node)
{
    if (!node || node->kind != YamlNode::Kind::Scalar)
        return std::nullopt;
    return node->text;
}

std::optional<int> scalarNumber(const YamlNodePtr &node)
{
    if (!node || node->kind != YamlNode::Kind::Scalar || node->quoted)
        return std::nullopt;
    bool ok = false;
    const auto digits =
        node->text.startsWith(u'-') ? QStringView(node->text).sliced(1) : QStringView(node->text);
    const int number = node->text.toInt(&ok);
    return ok && isWholeNumber(digits) ? std::optional(number) : std::nullopt;
}

FieldReader::FieldReader(YamlNodePtr map, QString what, TextPosition at, Problems &problems)
    : m_map(std::move(map)), m_what(std::move(what)), m_at(at), m_problems(&problems)
{
    if (m_map && m_map->kind == YamlNode::Kind::Map)
        return;
    m_map.reset();
    problems.add(at,
                 MonitorsFileText::tr("%1 is a group of \"key: value\" lines, or {key: value}.").arg(m_what));
}

const YamlEntry *FieldReader::find(const QString &key) const
{
    if (m_map)
        for (const auto &entry : m_map->entries)
            if (entry.key == key)
                return &entry;
    return nullptr;
}

YamlNodePtr FieldReader::value(const QString &key)
{
    if (!m_known.contains(key))
        m_known += key;
    const auto *entry = find(key);
    if (!entry)
        return {};
    if (entry->value->kind != YamlNode::Kind::Null)
        return entry->value;
    m_problems->add(
        entry->keyAt,
        MonitorsFileText::tr("%1 has no value. Write one behind the colon, or remove the line.").arg(key));
    return {};
}

YamlNodePtr FieldReader::plainValue(const QString &key)
{
    if (!m_known.contains(key))
        m_known += key;
    return find(key)->value;
}

std::optional<QString> FieldReader::text(const QString &key)
{
    const auto node = value(key);
    const auto text = scalarText(node);
    if (node && !text)
        wrong(key, MonitorsFileText::tr("%1 is a text, not a list or group.").arg(key));
    return text;
}

std::optional<bool> FieldReader::flag(const QString &key)
{
    const auto node = value(key);
    if (!node)
        return std::nullopt;
    const QString word = node->quoted ? QString() : node->text.toLower();
    for (const auto *yes : {u"true", u"yes", u"on"})
        if (word == QStringView(yes))
            return true;
    for (const auto *no : {u"false", u"no", u"off"})
        if (word == QStringView(no))
            return false;
    wrong(key, MonitorsFileText::tr("%1 is true or false.").arg(key));
    return std::nullopt;
}

std::optional<int> FieldReader::number(const QString &key, int least, int most)
{
    const auto node = value(key);
    if (!node)
        return std::nullopt;
    const auto number = scalarNumber(node);
    if (number && *number >= least && *number <= most)
        return number;
    wrong(key, MonitorsFileText::tr("%1 is a whole number from %2 to %3.").arg(key).arg(least).arg(most));
    return std::nullopt;
}

std::optional<milliseconds> FieldReader::duration(const QString &key, DurationRange range)
{
    const auto written = text(key);
    if (!written)
        return std::nullopt;
    const auto duration = parseDuration(*written);
    if (duration && *duration >= range.least && *duration <= range.most)
        return duration;
    wrong(key, duration ? MonitorsFileText::tr("%1 is from %2 to %3, not %4.")
                              .arg(key, formatDuration(range.least), formatDuration(range.most), *written)
                        : durationHint(key, *written));
    return std::nullopt;
}

const std::vector<YamlNodePtr> *FieldReader::list(const QString &key)
{
    const auto node = value(key);
    if (!node)
        return nullptr;
    if (node->kind == YamlNode::Kind::Sequence)
        return &node->items;
    wrong(key, MonitorsFileText::tr("%1 is a list: lines that begin with \"- \", or [one, two].").arg(key));
    return nullptr;
}

std::optional<FieldReader> FieldReader::map(const QString &key)
{
    const auto node = value(key);
    if (!node)
        return std::nullopt;
    FieldReader reader(node, key, at(key), *m_problems);
    return reader.m_map ? std::optional(std::move(reader)) : std::nullopt;
}

bool FieldReader::has(const QString &key) const
{
    return find(key) != nullptr;
}

TextPosition FieldReader::at(const QString &key) const
{
    const auto *entry = find(key);
    if (!entry)
        return m_at;
    return entry->value->kind == YamlNode::Kind::Null ? entry->keyAt : entry->value->at;
}

QStringList FieldReader::keys() const
{
    QStringList keys;
    if (m_map)
        for (const auto &entry : m_map->entries)
            keys += entry.key;
    return keys;
}

void FieldReader::wrong(const QString &key, const QString &sentence) const
{
    m_problems->add(at(key), sentence);
}

void FieldReader::finish()
{
    if (!m_map)
        return;
    for (const auto &entry : m_map->entries) {
        if (m_known.contains(entry.key))
            continue;
        const QString sentence =
            entry.key == u"<<"
                ? MonitorsFileText::tr(
                      "Merge keys (\"<<\") are not read here. Write the values out, or use defaults.")
                : QString(MonitorsFileText::tr("%1 has no field \"%2\".").arg(m_what, entry.key) +
                          didYouMean(entry.key, m_known + m_possible));
        m_problems->add(entry.keyAt, sentence);
    }
}

} // namespace backwatch
