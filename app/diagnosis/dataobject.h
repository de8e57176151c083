// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <memory>
#include <optional>

namespace backwatch {

/// One object of a data file, read strictly: every accessor asks for its key in its right form, and the first
/// thing that is not right becomes the error of the whole file, named by file and key. Accessors then give
/// empty values, so that a reader can run to its end and look at error() once.
class DataObject
{
public:
    static Result<DataObject> open(const QString &fileName);

    QString text(const QString &key) const;         ///< a string that is not empty
    QString optionalText(const QString &key) const; ///< empty when absent
    QStringList texts(const QString &key) const;    ///< a list that is not empty, of such strings
    QStringList optionalTexts(const QString &key) const;
    QList<int> integers(const QString &key) const;
    double positiveNumber(const QString &key) const;
    bool flag(const QString &key) const; ///< false when absent
    /// One of these words; the first of them after an error.
    QString word(const QString &key, const QStringList &allowed) const;
    /// A regular expression in PCRE's language, with a bound on its work.
    QString pattern(const QString &key) const;
    QList<DataObject> objects(const QString &key) const; ///< a list that is not empty
    QList<DataObject> optionalObjects(const QString &key) const;
    std::optional<DataObject> optionalObject(const QString &key) const;

    bool has(const QString &key) const { return m_object.contains(key); }
    /// A key that is none of these is an error: it would be a misspelt one that silently does nothing.
    void allowOnly(const QStringList &keys) const;
    /// Notes what is wrong with a key: "has to be one of high, medium, low".
    void reject(const QString &key, const QString &problem) const;

    QString fileName() const { return m_shared->fileName; }
    const std::optional<Error> &error() const { return m_shared->error; }

private:
    struct Shared
    {
        QString fileName;
        std::optional<Error> error;
    };

    DataObject(QJsonObject object, QString path, std::shared_ptr<Shared> shared);
    QString pathOf(const QString &key) const;
    QJsonArray array(const QString &key, bool required) const;

    QJsonObject m_object;
    QString m_path; ///< "rules[2]", empty for the whole file
    std::shared_ptr<Shared> m_shared;
};

/// The names of the *.json files of a folder, in order of their names; an error when there is none.
Result<QStringList> dataFiles(const QString &folder);

} // namespace backwatch
