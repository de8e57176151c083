// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"
#include "app/diagnosis/dataobject.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringMatcher>

namespace backwatch {

/// An answer made ready to be looked at by many matchers: decoded once, at most Exchange::kBodyLimit bytes.
struct PreparedAnswer
{
    explicit PreparedAnswer(const Exchange &exchange);

    QString method; ///< in upper case
    int status = 0;
    QString reason;
    QList<std::pair<QString, QString>> headers; ///< names in lower case
    QStringList writtenNames;                   ///< the same names in the letter case that came
    QString body;
    bool bodyEmpty = false; ///< none came; a recording may leave out one that did
    QString head;           ///< its first kSearched characters; expressions look no further

    /// Is the text anywhere in the body? Many rules ask the same, so the answers are kept.
    bool bodyHas(const QString &text, const QStringMatcher &search) const;

    /// Error pages are short, and PCRE bounds its work for each place where a match may begin, not for all.
    static constexpr qsizetype kSearched = 8 * 1024;

private:
    mutable QHash<QString, bool> m_searched;
};

/// A regular expression whose work has a bound, whatever a server sends: past it nothing matches.
QRegularExpression boundedExpression(const QString &pattern);

/// One thing that has to be true of an answer. resources/fingerprints/README.md lists what it can be in the
/// data. Header names and the texts compared with header values are taken in any letter case.
class Matcher
{
public:
    static Matcher read(const DataObject &data);
    /// In the order of what they cost, so that the cheap ones spare the dear ones.
    static QList<Matcher> readAll(const QList<DataObject> &data);

    bool matches(const PreparedAnswer &answer) const;
    /// Would a field of that name and value be one that this matcher asks for?
    bool matchesField(QStringView name, const QString &value) const;

private:
    enum class Kind { // from cheap to dear
        Status,
        StatusRange,
        Method,
        Reason,
        BodyEmpty,
        HeaderPresent,
        HeaderAbsent,
        HeaderWritten,
        HeaderEquals,
        HeaderContains,
        HeaderMatches,
        ReasonMatches,
        BodyIs,
        BodyContains,
        BodyLacks,
        All,
        Any,
        BodyMatches,
    };
    enum class GroupIs { Anything, InHeader, NotInHeader };

    void readHeader(const DataObject &data);
    void readBodyExpression(const DataObject &data);
    void readPlain(const DataObject &data, const QString &key);
    bool matchesHeader(const PreparedAnswer &answer) const;
    bool matchesValue(const QString &value) const;
    bool matchesBody(const PreparedAnswer &answer) const;

    Kind m_kind = Kind::HeaderPresent;
    QString m_name; ///< of a header field, in lower case
    QString m_text;
    QStringMatcher m_search;
    QList<int> m_status; ///< or the first and the last of a range
    QRegularExpression m_expression;
    GroupIs m_groupIs = GroupIs::Anything;
    QList<Matcher> m_parts; ///< of All and Any
};

/// All of them match; false for none at all.
bool allMatch(const QList<Matcher> &matchers, const PreparedAnswer &answer);

} // namespace backwatch
