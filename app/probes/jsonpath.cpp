// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/jsonpath.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace backwatch {

namespace {

struct JsonPathText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::JsonPath)
};

tl::unexpected<Error> invalidPath(const QString &text)
{
    return failure(Error::Kind::Invalid,
                   JsonPathText::tr("“%1” is neither a JSON Pointer such as /status/0 nor a JSONPath such as "
                                    "$.status[0]. Correct the monitor's JSON path.")
                       .arg(text.left(120)));
}

void keep(QList<QJsonValue> &values, const QJsonValue &value)
{
    if (values.size() < JsonPath::kMostValues)
        values.append(value);
}

void addChildren(QList<QJsonValue> &values, const QJsonValue &of)
{
    if (of.isArray()) {
        for (const QJsonArray array = of.toArray(); const QJsonValue &child : array)
            keep(values, child);
    } else if (of.isObject()) {
        for (const QJsonObject object = of.toObject(); const QJsonValue &child : object)
            keep(values, child);
    }
}

void addName(QList<QJsonValue> &values, const QJsonValue &of, const QString &name)
{
    if (const QJsonObject object = of.toObject(); object.contains(name))
        keep(values, object.value(name));
}

void addIndex(QList<QJsonValue> &values, const QJsonValue &of, qint64 index)
{
    const QJsonArray array = of.toArray();
    const qint64 place = index < 0 ? array.size() + index : index;
    if (place >= 0 && place < array.size())
        keep(values, array.at(place));
}

void addDeep(QList<QJsonValue> &values, const QJsonValue &of, int depth)
{
    keep(values, of);
    if (depth == 0 || values.size() >= JsonPath::kMostValues)
        return;
    QList<QJsonValue> children;
    addChildren(children, of);
    for (const QJsonValue &child : children)
        addDeep(values, child, depth - 1);
}

} // namespace

/// Reads JSONPath from left to right.
class JsonPath::Reader
{
public:
    explicit Reader(QStringView text) : m_rest(text) {}

    bool atEnd() const { return m_rest.isEmpty(); }
    bool skip(QStringView what)
    {
        if (!m_rest.startsWith(what))
            return false;
        m_rest = m_rest.sliced(what.size());
        return true;
    }

    std::optional<Step> next()
    {
        if (skip(u"..")) {
            // The name follows as a step of its own.
            if (m_rest.startsWith(u'['))
                return Step{Step::Kind::Deep, {}, 0};
            m_afterDots = true;
            return Step{Step::Kind::Deep, {}, 0};
        }
        if (std::exchange(m_afterDots, false) || skip(u"."))
            return skip(u"*") ? Step{Step::Kind::All, {}, 0} : name();
        return skip(u"[") ? bracket() : std::nullopt;
    }
    bool expectsMore() const { return m_afterDots; }

private:
    std::optional<Step> name()
    {
        qsizetype end = 0;
        while (end < m_rest.size() && m_rest[end] != u'.' && m_rest[end] != u'[')
            ++end;
        const QString found = m_rest.first(end).toString();
        m_rest = m_rest.sliced(end);
        return found.isEmpty() ? std::nullopt : std::optional(Step{Step::Kind::Name, found, 0});
    }

    std::optional<Step> bracket()
    {
        if (skip(u"*]"))
            return Step{Step::Kind::All, {}, 0};
        for (const char16_t quote : {u'\'', u'"'})
            if (m_rest.startsWith(quote))
                return quoted(quote);
        const auto end = m_rest.indexOf(u']');
        bool ok = false;
        const qint64 index = end < 0 ? 0 : m_rest.first(end).toLongLong(&ok);
        if (!ok)
            return std::nullopt;
        m_rest = m_rest.sliced(end + 1);
        return Step{Step::Kind::Index, {}, index};
    }

    std::optional<Step> quoted(char16_t quote)
    {
        QString found;
        qsizetype i = 1;
        for (; i < m_rest.size() && m_rest[i] != quote; ++i) {
            if (m_rest[i] == u'\\' && i + 1 < m_rest.size())
                ++i;
            found += m_rest[i];
        }
        if (i + 1 >= m_rest.size() || m_rest[i + 1] != u']')
            return std::nullopt;
        m_rest = m_rest.sliced(i + 2);
        return Step{Step::Kind::Name, found, 0};
    }

    QStringView m_rest;
    bool m_afterDots = false;
};

Result<JsonPath> JsonPath::parsePointer(const QString &text)
{
    JsonPath path;
    const auto parts = text.split(u'/').mid(1);
    for (QString part : parts) {
        part.replace(QStringLiteral("~1"), QStringLiteral("/"))
            .replace(QStringLiteral("~0"), QStringLiteral("~"));
        bool isIndex = false;
        const qint64 index = part.toLongLong(&isIndex);
        isIndex = isIndex && QString::number(index) == part && index >= 0;
        path.m_steps.append({isIndex ? Step::Kind::Either : Step::Kind::Name, part, index});
    }
    if (path.m_steps.size() > kMostSteps)
        return invalidPath(text);
    return path;
}

Result<JsonPath> JsonPath::parse(const QString &text)
{
    if (text.isEmpty() || text.startsWith(u'/'))
        return parsePointer(text);
    Reader reader(text);
    if (!reader.skip(u"$"))
        return invalidPath(text);
    JsonPath path;
    while (!reader.atEnd() || reader.expectsMore()) {
        const auto step = reader.next();
        if (!step || path.m_steps.size() >= kMostSteps)
            return invalidPath(text);
        path.m_steps.append(*step);
    }
    if (!path.m_steps.isEmpty() && path.m_steps.last().kind == Step::Kind::Deep)
        return invalidPath(text);
    return path;
}

QList<QJsonValue> JsonPath::valuesIn(const QJsonValue &document) const
{
    QList<QJsonValue> values{document};
    for (const Step &step : m_steps) {
        QList<QJsonValue> next;
        for (const QJsonValue &value : std::as_const(values)) {
            if (step.kind == Step::Kind::Name || (step.kind == Step::Kind::Either && value.isObject()))
                addName(next, value, step.name);
            else if (step.kind == Step::Kind::Index || step.kind == Step::Kind::Either)
                addIndex(next, value, step.index);
            else if (step.kind == Step::Kind::All)
                addChildren(next, value);
            else
                addDeep(next, value, kDepth);
        }
        values = std::move(next);
    }
    return values;
}

} // namespace backwatch
