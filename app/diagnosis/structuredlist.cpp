// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/structuredlist.h"

#include <algorithm>

namespace backwatch {

namespace {

constexpr qsizetype kMostMembers = 64;
constexpr qsizetype kLongestField = 16 * 1024;

/// Goes over one field once, from left to right.
class Reader
{
public:
    explicit Reader(QByteArrayView text) : m_text(text) {}

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    void skipSpace()
    {
        while (peek() == ' ' || peek() == '\t')
            ++m_at;
    }
    bool take(char wanted)
    {
        if (atEnd() || m_text[m_at] != wanted)
            return false;
        ++m_at;
        return true;
    }

    bool readString(QString &value);
    bool readBare(QString &value);
    bool readValue(QString &value) { return take('"') ? readString(value) : readBare(value); }
    bool readParameters(ListMember &member);

private:
    QByteArrayView m_text;
    qsizetype m_at = 0;
};

bool Reader::readString(QString &value)
{
    QByteArray text;
    while (!atEnd()) {
        const char next = m_text[m_at++];
        if (next == '"') {
            value = QString::fromUtf8(text);
            return true;
        }
        if (next == '\\' && !atEnd())
            text.append(m_text[m_at++]);
        else
            text.append(next);
    }
    return false;
}

bool Reader::readBare(QString &value)
{
    const auto from = m_at;
    while (!atEnd() && !QByteArrayView(",; \t\"()").contains(m_text[m_at]))
        ++m_at;
    value = QString::fromLatin1(m_text.sliced(from, m_at - from));
    return m_at > from;
}

bool Reader::readParameters(ListMember &member)
{
    for (skipSpace(); take(';'); skipSpace()) {
        skipSpace();
        const auto from = m_at;
        while (!atEnd() && !QByteArrayView("=,; \t\"").contains(m_text[m_at]))
            ++m_at;
        const QString name = QString::fromLatin1(m_text.sliced(from, m_at - from)).toLower();
        QString value = QStringLiteral("?1");
        if (name.isEmpty() || (take('=') && !readValue(value)))
            return false;
        if (member.parameters.size() < kMostMembers)
            member.parameters.append({name, value});
    }
    return true;
}

} // namespace

QString ListMember::parameter(QStringView name) const
{
    const auto found = std::find_if(parameters.rbegin(), parameters.rend(),
                                    [&](const auto &parameter) { return parameter.first == name; });
    return found == parameters.rend() ? QString() : found->second;
}

QList<ListMember> parseStructuredList(const QByteArray &field)
{
    QList<ListMember> members;
    Reader reader(QByteArrayView(field).first(std::min(field.size(), kLongestField)));
    while (members.size() < kMostMembers) {
        reader.skipSpace();
        ListMember member;
        if (!reader.readValue(member.value))
            break;
        const bool whole = reader.readParameters(member);
        members.append(member);
        if (!whole || !reader.take(','))
            break;
    }
    return members;
}

} // namespace backwatch
