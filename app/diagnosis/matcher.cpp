// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/matcher.h"

#include "app/diagnosis/datafiletext.h"

#include <QHash>

#include <algorithm>

namespace backwatch {

namespace {

QStringList wordsOf(const PreparedAnswer &answer, const QString &name)
{
    static const QRegularExpression separators(QStringLiteral("[\\s,]+"));
    QStringList words;
    for (const auto &[field, value] : answer.headers)
        if (field == name)
            words += value.split(separators, Qt::SkipEmptyParts);
    return words;
}

} // namespace

PreparedAnswer::PreparedAnswer(const Exchange &exchange)
    : method(QString::fromLatin1(exchange.method).toUpper())
    , status(exchange.status)
    , reason(QString::fromLatin1(exchange.reason))
    , body(QString::fromUtf8(exchange.body.first(std::min(exchange.body.size(), Exchange::kBodyLimit))))
    , bodyEmpty(exchange.body.isEmpty() && exchange.bodySize == 0)
{
    head = body.left(kSearched);
    for (const auto &header : exchange.responseHeaders) {
        writtenNames.append(QString::fromLatin1(header.name));
        headers.append({writtenNames.last().toLower(), QString::fromLatin1(header.value).trimmed()});
    }
}

bool PreparedAnswer::bodyHas(const QString &text, const QStringMatcher &search) const
{
    const auto known = m_searched.constFind(text);
    if (known != m_searched.constEnd())
        return *known;
    return *m_searched.insert(text, search.indexIn(body) >= 0);
}

QRegularExpression boundedExpression(const QString &pattern)
{
    // These verbs have to stand first; they bound backtracking and its memory. Compiled to machine code the
    // bound would hardly be looked at: a hostile body then costs seconds instead of milliseconds.
    return QRegularExpression(QStringLiteral("(*NO_JIT)(*LIMIT_MATCH=5000)(*LIMIT_DEPTH=2000)") + pattern);
}

Matcher Matcher::read(const DataObject &data)
{
    static const QStringList kFirst{
        QStringLiteral("header"), QStringLiteral("noHeader"),      QStringLiteral("status"),
        QStringLiteral("method"), QStringLiteral("statusRange"),   QStringLiteral("reason"),
        QStringLiteral("body"),   QStringLiteral("bodyMatches"),   QStringLiteral("bodyIs"),
        QStringLiteral("noBody"), QStringLiteral("notInBody"),     QStringLiteral("any"),
        QStringLiteral("all"),    QStringLiteral("headerWritten"), QStringLiteral("reasonMatches")};
    QStringList present;
    std::copy_if(kFirst.begin(), kFirst.end(), std::back_inserter(present),
                 [&](const QString &key) { return data.has(key); });
    Matcher matcher;
    if (present.size() != 1)
        data.reject(kFirst.join(u'|'), DataFileText::tr("has to be there exactly once"));
    else if (present.first() == u"header")
        matcher.readHeader(data);
    else if (present.first() == u"bodyMatches")
        matcher.readBodyExpression(data);
    else
        matcher.readPlain(data, present.first());
    return matcher;
}

void Matcher::readHeader(const DataObject &data)
{
    const auto second = [&](const QString &name) { return data.has(name) ? name : QString(); };
    const QString how = second(QStringLiteral("equals")) + second(QStringLiteral("contains")) +
                        second(QStringLiteral("matches"));
    const auto key = QStringLiteral("header");
    data.allowOnly(how.isEmpty() ? QStringList{key} : QStringList{key, how});
    m_name = data.text(key).toLower();
    if (how == u"matches") {
        m_kind = Kind::HeaderMatches;
        m_expression = boundedExpression(data.pattern(how));
    } else if (!how.isEmpty()) {
        m_kind = how == u"equals" ? Kind::HeaderEquals : Kind::HeaderContains;
        m_text = data.text(how);
    }
}

void Matcher::readBodyExpression(const DataObject &data)
{
    const auto second = [&](const QString &name) { return data.has(name) ? name : QString(); };
    const QString how = second(QStringLiteral("inHeader")) + second(QStringLiteral("notInHeader"));
    const auto key = QStringLiteral("bodyMatches");
    data.allowOnly(how.isEmpty() ? QStringList{key} : QStringList{key, how});
    m_kind = Kind::BodyMatches;
    m_expression = boundedExpression(data.pattern(key));
    if (how.isEmpty())
        return;
    m_groupIs = how == u"inHeader" ? GroupIs::InHeader : GroupIs::NotInHeader;
    m_name = data.text(how).toLower();
    if (m_expression.captureCount() < 1)
        data.reject(key, DataFileText::tr("needs a group to be compared with a header"));
}

void Matcher::readPlain(const DataObject &data, const QString &key)
{
    static const QHash<QString, Kind> kKinds{{QStringLiteral("noHeader"), Kind::HeaderAbsent},
                                             {QStringLiteral("headerWritten"), Kind::HeaderWritten},
                                             {QStringLiteral("status"), Kind::Status},
                                             {QStringLiteral("statusRange"), Kind::StatusRange},
                                             {QStringLiteral("method"), Kind::Method},
                                             {QStringLiteral("reason"), Kind::Reason},
                                             {QStringLiteral("reasonMatches"), Kind::ReasonMatches},
                                             {QStringLiteral("body"), Kind::BodyContains},
                                             {QStringLiteral("notInBody"), Kind::BodyLacks},
                                             {QStringLiteral("bodyIs"), Kind::BodyIs},
                                             {QStringLiteral("noBody"), Kind::BodyEmpty},
                                             {QStringLiteral("any"), Kind::Any},
                                             {QStringLiteral("all"), Kind::All}};
    data.allowOnly({key});
    m_kind = kKinds.value(key);
    switch (m_kind) {
    case Kind::Status:
    case Kind::StatusRange:
        m_status = data.integers(key);
        if (m_kind == Kind::StatusRange && m_status.size() != 2)
            data.reject(key, DataFileText::tr("has to be the first and the last status"));
        break;
    case Kind::BodyEmpty:
        if (!data.flag(key))
            data.reject(key, DataFileText::tr("can only be true"));
        break;
    case Kind::Any:
    case Kind::All:
        m_parts = readAll(data.objects(key));
        break;
    case Kind::ReasonMatches:
        m_expression = boundedExpression(data.pattern(key));
        break;
    default:
        m_text = data.text(key);
        m_name = m_text.toLower();
        m_search = QStringMatcher(m_text);
    }
}

QList<Matcher> Matcher::readAll(const QList<DataObject> &data)
{
    QList<Matcher> matchers;
    for (const auto &one : data)
        matchers.append(read(one));
    std::stable_sort(matchers.begin(), matchers.end(),
                     [](const Matcher &a, const Matcher &b) { return a.m_kind < b.m_kind; });
    return matchers;
}

bool Matcher::matchesValue(const QString &value) const
{
    switch (m_kind) {
    case Kind::HeaderPresent:
        return true;
    case Kind::HeaderEquals:
        return value.compare(m_text, Qt::CaseInsensitive) == 0;
    case Kind::HeaderContains:
        return value.contains(m_text, Qt::CaseInsensitive);
    case Kind::HeaderMatches:
        return m_expression.match(value).hasMatch();
    default:
        return false;
    }
}

bool Matcher::matchesField(QStringView name, const QString &value) const
{
    if (m_kind == Kind::Any || m_kind == Kind::All)
        return std::any_of(m_parts.begin(), m_parts.end(),
                           [&](const Matcher &part) { return part.matchesField(name, value); });
    return m_name == name && matchesValue(value);
}

bool Matcher::matchesHeader(const PreparedAnswer &answer) const
{
    return std::any_of(answer.headers.begin(), answer.headers.end(), [this](const auto &header) {
        return header.first == m_name && matchesValue(header.second);
    });
}

bool Matcher::matchesBody(const PreparedAnswer &answer) const
{
    const auto match = m_expression.match(answer.head);
    if (!match.hasMatch())
        return false;
    if (m_groupIs == GroupIs::Anything)
        return true;
    const bool found = wordsOf(answer, m_name).contains(match.captured(1));
    return found == (m_groupIs == GroupIs::InHeader);
}

bool Matcher::matches(const PreparedAnswer &answer) const
{
    const auto isNamed = [this](const auto &header) { return header.first == m_name; };
    const auto fits = [&](const Matcher &part) { return part.matches(answer); };
    switch (m_kind) {
    case Kind::HeaderPresent:
    case Kind::HeaderEquals:
    case Kind::HeaderContains:
    case Kind::HeaderMatches:
        return matchesHeader(answer);
    case Kind::HeaderAbsent:
        return std::none_of(answer.headers.begin(), answer.headers.end(), isNamed);
    case Kind::HeaderWritten:
        return answer.writtenNames.contains(m_text);
    case Kind::Status:
        return m_status.contains(answer.status);
    case Kind::StatusRange:
        return answer.status >= m_status.first() && answer.status <= m_status.last();
    case Kind::Method:
        return answer.method == m_text;
    case Kind::Reason:
        return answer.reason == m_text;
    case Kind::ReasonMatches:
        return m_expression.match(answer.reason).hasMatch();
    case Kind::BodyEmpty:
        return answer.bodyEmpty;
    case Kind::BodyIs:
        return QStringView(answer.body).trimmed() == m_text;
    case Kind::BodyContains:
        return answer.bodyHas(m_text, m_search);
    case Kind::BodyLacks:
        return !answer.bodyHas(m_text, m_search);
    case Kind::BodyMatches:
        return matchesBody(answer);
    case Kind::Any:
        return std::any_of(m_parts.begin(), m_parts.end(), fits);
    case Kind::All:
        return std::all_of(m_parts.begin(), m_parts.end(), fits);
    }
    return false;
}

bool allMatch(const QList<Matcher> &matchers, const PreparedAnswer &answer)
{
    return !matchers.isEmpty() &&
           std::all_of(matchers.begin(), matchers.end(), [&](const Matcher &m) { return m.matches(answer); });
}

} // namespace backwatch
