// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/spectree.h"

#include <QSet>
#include <QStringDecoder>

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <algorithm>

namespace backwatch {

namespace {

/// Whether every YAML reader, not only ours, takes this for text without quotation marks.
bool isPlainText(const QString &text)
{
    static const QSet<QString> words{QStringLiteral("true"), QStringLiteral("false"), QStringLiteral("yes"),
                                     QStringLiteral("no"),   QStringLiteral("on"),    QStringLiteral("off"),
                                     QStringLiteral("y"),    QStringLiteral("n"),     QStringLiteral("null")};
    if (text.isEmpty() || !text.front().isLetter() || text.back() == u' ' || words.contains(text.toLower()))
        return false;
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == u' ' || c == u'-' || c == u'_' || c == u'.' || c == u'(' ||
               c == u')';
    });
}

bool survivesAsText(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    const QString decoded = decoder(bytes);
    return !decoder.hasError() && decoded.toUtf8() == bytes;
}

class Emission
{
public:
    explicit Emission(SpecStyle style) : m_json(style == SpecStyle::Json)
    {
        m_out.SetNullFormat(YAML::LowerNull);
        if (!m_json)
            return;
        m_out.SetMapFormat(YAML::Flow);
        m_out.SetSeqFormat(YAML::Flow);
        m_out.SetOutputCharset(YAML::EscapeAsJson);
    }

    void write(const SpecNode &node)
    {
        switch (node.kind) {
        case SpecNode::Kind::Text:
            string(node.text);
            break;
        case SpecNode::Kind::Word:
            // As a text, null would get quotation marks.
            if (node.text == u"null")
                m_out << YAML::Null;
            else
                m_out << node.text.toStdString();
            break;
        case SpecNode::Kind::List:
            writeList(node);
            break;
        case SpecNode::Kind::Map:
            writeMap(node);
            break;
        }
    }

    QByteArray text() const { return QByteArray(m_out.c_str(), static_cast<qsizetype>(m_out.size())); }

private:
    void writeList(const SpecNode &node)
    {
        if (node.inLine)
            m_out << YAML::Flow;
        m_out << YAML::BeginSeq;
        for (const auto &item : node.items)
            write(item);
        m_out << YAML::EndSeq;
    }

    void writeMap(const SpecNode &node)
    {
        if (node.inLine)
            m_out << YAML::Flow;
        m_out << YAML::BeginMap;
        for (const auto &[key, value] : node.entries) {
            m_out << YAML::Key;
            string(key);
            m_out << YAML::Value;
            write(value);
        }
        m_out << YAML::EndMap;
    }

    void string(const QString &text)
    {
        if (m_json || !isPlainText(text))
            m_out << YAML::DoubleQuoted;
        m_out << text.toStdString();
    }

    bool m_json;
    YAML::Emitter m_out;
};

} // namespace

bool SpecNode::operator==(const SpecNode &other) const
{
    return kind == other.kind && text == other.text && inLine == other.inLine && hidden == other.hidden &&
           std::equal(items.cbegin(), items.cend(), other.items.cbegin(), other.items.cend()) &&
           std::equal(entries.cbegin(), entries.cend(), other.entries.cbegin(), other.entries.cend());
}

SpecNode textNode(const QString &text)
{
    SpecNode node;
    node.kind = SpecNode::Kind::Text;
    node.text = text;
    return node;
}

SpecNode wordNode(const QString &word)
{
    SpecNode node;
    node.kind = SpecNode::Kind::Word;
    node.text = word;
    return node;
}

SpecNode wordNode(qint64 number)
{
    return wordNode(QString::number(number));
}

SpecNode bytesNode(const QByteArray &bytes)
{
    if (survivesAsText(bytes))
        return textNode(QString::fromUtf8(bytes));
    SpecNode node;
    node.inLine = true;
    node.entries.append({QStringLiteral("base64"), textNode(QString::fromLatin1(bytes.toBase64()))});
    return node;
}

SpecNode listNode(const QStringList &texts)
{
    SpecNode node;
    node.kind = SpecNode::Kind::List;
    node.inLine = true;
    for (const auto &text : texts)
        node.items.append(textNode(text));
    return node;
}

SpecNode secretNode(const Secret &secret)
{
    SpecNode node;
    node.inLine = true;
    node.entries.append({QStringLiteral("secret"), textNode(secret.name)});
    return node;
}

void SpecMap::text(const QString &key, const QString &value, const QString &usual)
{
    if (writes(value == usual) && !(value.isEmpty() && usual.isEmpty()))
        node(key, textNode(value));
}

void SpecMap::number(const QString &key, qint64 value, qint64 usual)
{
    if (writes(value == usual))
        node(key, wordNode(value));
}

void SpecMap::flag(const QString &key, bool value, bool usual)
{
    if (writes(value == usual))
        node(key, wordNode(value ? QStringLiteral("true") : QStringLiteral("false")));
}

void SpecMap::duration(const QString &key, std::optional<milliseconds> value,
                       std::optional<milliseconds> usual)
{
    if (value && writes(value == usual))
        node(key, textNode(formatDuration(*value)));
}

void SpecMap::secret(const QString &key, const Secret &secret)
{
    if (!secret.name.isEmpty())
        node(key, secretNode(secret));
}

void SpecMap::texts(const QString &key, const QStringList &values)
{
    if (writes(values.isEmpty()))
        node(key, listNode(values));
}

void SpecMap::node(const QString &key, const SpecNode &node)
{
    m_node.entries.append({key, node});
}

void SpecMap::part(const QString &key, const SpecNode &map)
{
    if (!map.entries.isEmpty() || !map.items.isEmpty())
        node(key, map);
}

QByteArray writtenSpec(const SpecNode &node, SpecStyle style)
{
    Emission emission(style);
    emission.write(node);
    return emission.text();
}

} // namespace backwatch
