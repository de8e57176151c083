// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/matcher.h"

#include <QCoreApplication>

#include <algorithm>

namespace backwatch {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("DataFile", text);
}

QStringList wordsOf(const Answer &answer, const QString &name)
{
    static const QRegularExpression separators(QStringLiteral("[\\s,]+"));
    QStringList words;
    for (const auto &[field, value] : answer.headers)
        if (field == name)
            words += value.split(separators, Qt::SkipEmptyParts);
    return words;
}

} // namespace

Answer::Answer(const Exchange &exchange)
    : status(exchange.status)
    , reason(QString::fromLatin1(exchange.reason))
    , body(QString::fromUtf8(exchange.body.first(std::min(exchange.body.size(), Exchange::kBodyLimit))))
{
    for (const auto &header : exchange.responseHeaders)
        headers.append(
            {QString::fromLatin1(header.name).toLower(), QString::fromLatin1(header.value).trimmed()});
}

QRegularExpression boundedExpression(const QString &pattern)
{
    // These two verbs have to stand first; they bound backtracking and its memory.
    return QRegularExpression(QStringLiteral("(*LIMIT_MATCH=200000)(*LIMIT_DEPTH=5000)") + pattern);
}

Matcher Matcher::read(const DataObject &data)
{
    static const QStringList kFirst{QStringLiteral("header"), QStringLiteral("noHeader"),
                                    QStringLiteral("status"), QStringLiteral("reason"),
                                    QStringLiteral("body"),   QStringLiteral("bodyMatches")};
    QStringList present;
    std::copy_if(kFirst.begin(), kFirst.end(), std::back_inserter(present),
                 [&](const QString &key) { return data.has(key); });
    Matcher matcher;
    if (present.size() != 1) {
        data.reject(kFirst.join(u'|'), tr("has to be there exactly once"));
        return matcher;
    }
    const QString key = present.first();
    const auto second = [&](const QString &name) { return data.has(name) ? name : QString(); };
    if (key == u"header") {
        const QString how = second(QStringLiteral("equals")) + second(QStringLiteral("contains")) +
                            second(QStringLiteral("matches"));
        data.allowOnly(how.isEmpty() ? QStringList{key} : QStringList{key, how});
        matcher.m_name = data.text(key).toLower();
        if (how == u"matches") {
            matcher.m_kind = Kind::HeaderMatches;
            matcher.m_expression = boundedExpression(data.pattern(how));
        } else if (!how.isEmpty()) {
            matcher.m_kind = how == u"equals" ? Kind::HeaderEquals : Kind::HeaderContains;
            matcher.m_text = data.text(how);
        }
    } else if (key == u"bodyMatches") {
        const QString how = second(QStringLiteral("inHeader")) + second(QStringLiteral("notInHeader"));
        data.allowOnly(how.isEmpty() ? QStringList{key} : QStringList{key, how});
        matcher.m_kind = Kind::BodyMatches;
        matcher.m_expression = boundedExpression(data.pattern(key));
        if (!how.isEmpty()) {
            matcher.m_groupIs = how == u"inHeader" ? GroupIs::InHeader : GroupIs::NotInHeader;
            matcher.m_name = data.text(how).toLower();
            if (matcher.m_expression.captureCount() < 1)
                data.reject(key, tr("needs a group to be compared with a header"));
        }
    } else {
        data.allowOnly({key});
        if (key == u"status") {
            matcher.m_kind = Kind::Status;
            matcher.m_status = data.integers(key);
            return matcher;
        }
        matcher.m_kind = key == u"noHeader" ? Kind::HeaderAbsent
                         : key == u"reason" ? Kind::Reason
                                            : Kind::BodyContains;
        matcher.m_text = data.text(key);
        matcher.m_name = matcher.m_text.toLower();
    }
    return matcher;
}

QList<Matcher> Matcher::readAll(const QList<DataObject> &data)
{
    QList<Matcher> matchers;
    for (const auto &one : data)
        matchers.append(read(one));
    return matchers;
}

bool Matcher::matchesValue(const QString &value) const
{
    switch (m_kind) {
    case Kind::HeaderEquals:
        return value.compare(m_text, Qt::CaseInsensitive) == 0;
    case Kind::HeaderContains:
        return value.contains(m_text, Qt::CaseInsensitive);
    case Kind::HeaderMatches:
        return m_expression.match(value).hasMatch();
    default:
        return true;
    }
}

bool Matcher::matchesBody(const Answer &answer) const
{
    const auto match = m_expression.match(answer.body);
    if (!match.hasMatch())
        return false;
    if (m_groupIs == GroupIs::Anything)
        return true;
    const bool found = wordsOf(answer, m_name).contains(match.captured(1));
    return found == (m_groupIs == GroupIs::InHeader);
}

bool Matcher::matches(const Answer &answer) const
{
    const auto isNamed = [this](const auto &header) { return header.first == m_name; };
    switch (m_kind) {
    case Kind::HeaderPresent:
    case Kind::HeaderEquals:
    case Kind::HeaderContains:
    case Kind::HeaderMatches:
        return std::any_of(answer.headers.begin(), answer.headers.end(), [&](const auto &header) {
            return isNamed(header) && matchesValue(header.second);
        });
    case Kind::HeaderAbsent:
        return std::none_of(answer.headers.begin(), answer.headers.end(), isNamed);
    case Kind::Status:
        return m_status.contains(answer.status);
    case Kind::Reason:
        return answer.reason == m_text;
    case Kind::BodyContains:
        return answer.body.contains(m_text);
    case Kind::BodyMatches:
        return matchesBody(answer);
    }
    return false;
}

} // namespace backwatch
