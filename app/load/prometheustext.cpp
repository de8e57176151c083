// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/load/prometheustext.h"

#include "app/load/loadtext.h"

#include <limits>
#include <tuple>

namespace backwatch {

namespace {

constexpr qsizetype kMostLabels = 64;

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
}

bool isNameCharacter(char c)
{
    return isNameStart(c) || (c >= '0' && c <= '9');
}

/// Takes one line apart from its start.
class LineReader
{
public:
    explicit LineReader(QByteArrayView line) : m_rest(line) {}

    QByteArrayView name()
    {
        qsizetype length = 0;
        while (length < m_rest.size() &&
               (length == 0 ? isNameStart(m_rest[0]) : isNameCharacter(m_rest[length])))
            ++length;
        const auto name = m_rest.first(length);
        m_rest = m_rest.sliced(length);
        return name;
    }
    bool take(char c)
    {
        skipBlanks();
        if (m_rest.isEmpty() || m_rest.front() != c)
            return false;
        m_rest = m_rest.sliced(1);
        return true;
    }
    void skipBlanks()
    {
        while (!m_rest.isEmpty() && (m_rest.front() == ' ' || m_rest.front() == '\t'))
            m_rest = m_rest.sliced(1);
    }
    std::optional<QByteArray> quoted();
    bool labels(QList<PrometheusSample::Label> &labels);
    std::optional<double> value();

private:
    QByteArrayView word()
    {
        skipBlanks();
        qsizetype length = 0;
        while (length < m_rest.size() && m_rest[length] != ' ' && m_rest[length] != '\t')
            ++length;
        const auto word = m_rest.first(length);
        m_rest = m_rest.sliced(length);
        return word;
    }

    QByteArrayView m_rest;
};

std::optional<QByteArray> LineReader::quoted()
{
    if (!take('"'))
        return std::nullopt;
    QByteArray text;
    for (qsizetype i = 0; i < m_rest.size(); ++i) {
        const char c = m_rest[i];
        if (c == '"') {
            m_rest = m_rest.sliced(i + 1);
            return text;
        }
        if (c == '\\' && ++i < m_rest.size())
            text += m_rest[i] == 'n' ? '\n' : m_rest[i];
        else
            text += c;
    }
    return std::nullopt;
}

bool LineReader::labels(QList<PrometheusSample::Label> &labels)
{
    while (!take('}')) {
        skipBlanks();
        const auto label = name();
        if (label.isEmpty() || !take('=') || labels.size() >= kMostLabels)
            return false;
        auto text = quoted();
        if (!text)
            return false;
        labels.append({label, *std::move(text)});
        if (!take(',') && (m_rest.isEmpty() || m_rest.front() != '}'))
            return false;
    }
    return true;
}

/// A value and perhaps a time behind it.
std::optional<double> LineReader::value()
{
    const QByteArray text = word().toByteArray().toLower();
    const auto time = word();
    bool ok = true;
    if (!time.isEmpty())
        std::ignore = time.toLongLong(&ok);
    if (!ok || !word().isEmpty())
        return std::nullopt;
    if (text == "nan")
        return std::numeric_limits<double>::quiet_NaN();
    if (text == "+inf" || text == "inf")
        return std::numeric_limits<double>::infinity();
    if (text == "-inf")
        return -std::numeric_limits<double>::infinity();
    const double number = text.toDouble(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

} // namespace

QByteArray PrometheusSample::label(QByteArrayView wanted) const
{
    for (const auto &label : labels)
        if (label.name == wanted)
            return label.value;
    return {};
}

Result<void> eachPrometheusSample(QByteArrayView text, const std::function<bool(QByteArrayView)> &wanted,
                                  const std::function<void(const PrometheusSample &)> &take)
{
    const auto lines = loadLines(text);
    if (!lines)
        return tl::make_unexpected(lines.error());
    for (qsizetype i = 0; i < lines->size(); ++i) {
        LineReader line((*lines)[i].trimmed());
        if ((*lines)[i].trimmed().isEmpty() || line.take('#'))
            continue;
        PrometheusSample sample;
        sample.name = line.name();
        const bool read = !sample.name.isEmpty() && (!line.take('{') || line.labels(sample.labels));
        const auto value = read ? line.value() : std::nullopt;
        if (!value)
            return failure(Error::Kind::Invalid,
                           LoadText::tr("Line %1 of what came is not in Prometheus's text format. Name the "
                                        "address of an exporter's metrics.")
                               .arg(i + 1));
        sample.value = *value;
        if (wanted(sample.name))
            take(sample);
    }
    return {};
}

} // namespace backwatch
