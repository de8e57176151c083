// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QByteArray>
#include <QList>

namespace backwatch {

/// Where something stands in a text, as the YAML parser counts: from 0, columns in bytes.
struct TextPosition
{
    int line = 0;
    int column = 0;

    auto operator<=>(const TextPosition &) const = default;
    int lineNumber() const { return line + 1; } ///< as people count
};

/// Gathers what is wrong with one text, so that an admin can mend everything at once.
class Problems
{
public:
    /// @param name stands before every sentence: a file name, or where else the text comes from
    Problems(QByteArray text, QString name);

    void add(TextPosition at, const QString &sentence);
    bool isEmpty() const { return m_problems.isEmpty(); }
    /// More than anybody mends at once: looking for further ones is not worth the time.
    bool isPlenty() const { return m_problems.size() >= 25; }
    QByteArrayView text() const { return m_text; }

    /// One line a problem in the order of the text, each beginning "name:line:column: ".
    Error toError() const;

private:
    struct Problem
    {
        TextPosition at;
        QString sentence;
    };

    int columnInCharacters(TextPosition at) const;

    QByteArray m_text;
    QString m_name;
    QList<Problem> m_problems;
};

} // namespace backwatch
