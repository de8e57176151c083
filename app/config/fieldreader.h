// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/yamldocument.h"
#include "app/core/duration.h"

#include <QStringList>

#include <optional>

namespace backwatch {

struct DurationRange
{
    milliseconds least{0};
    milliseconds most{0};
};

/// Typed access to the fields of one YAML map. A field that is absent or wrong gives nothing back; a wrong
/// one leaves a problem with its position. Every key that was asked for counts as known, see finish().
class FieldReader
{
public:
    /// @param map null or not a map: a problem, and no fields
    /// @param what the map is, for sentences: "http"
    FieldReader(YamlNodePtr map, QString what, TextPosition at, Problems &problems);

    std::optional<QString> text(const QString &key);
    std::optional<bool> flag(const QString &key);
    std::optional<int> number(const QString &key, int least, int most);
    std::optional<milliseconds> duration(const QString &key, DurationRange range);
    /// The items of a list; nothing when absent or no list.
    const std::vector<YamlNodePtr> *list(const QString &key);
    std::optional<FieldReader> map(const QString &key);
    /// The value as it is; null when absent or without a value.
    YamlNodePtr value(const QString &key);

    /// The value as it is, `key:` without one included; only for keys that are there.
    YamlNodePtr plainValue(const QString &key);

    bool has(const QString &key) const;
    /// Of the value, or of the whole map where the key is absent.
    TextPosition at(const QString &key) const;
    TextPosition at() const { return m_at; }
    QStringList keys() const;
    const QString &what() const { return m_what; }
    Problems &problems() const { return *m_problems; }
    void wrong(const QString &key, const QString &sentence) const;

    /// Keys that may stand here although nobody asks for them: for suggestions.
    void couldHave(const QStringList &keys) { m_possible += keys; }
    /// Calls every key that nobody asked for a problem.
    void finish();

private:
    const YamlEntry *find(const QString &key) const;

    YamlNodePtr m_map;
    QString m_what;
    TextPosition m_at;
    Problems *m_problems;
    QStringList m_known;
    QStringList m_possible;
};

/// The text of a scalar, whatever it looks like; nothing for lists, groups and an absent value.
std::optional<QString> scalarText(const YamlNodePtr &node);

/// A whole number as people write it, not quoted.
std::optional<int> scalarNumber(const YamlNodePtr &node);

} // namespace backwatch
