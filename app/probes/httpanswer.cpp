// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httpanswer.h"

namespace backwatch {

namespace {

QByteArrayView withoutLineEnd(QByteArrayView line)
{
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

bool isLatin1(const HttpHeaders &headers)
{
    const QByteArray type = headerValue(headers, "Content-Type").toLower();
    return type.contains("iso-8859-1") || type.contains("windows-1252");
}

} // namespace

HttpAnswer::HttpAnswer(const HttpExpectation &expect, qsizetype kept)
    : m_wanted(expect.bodyContains)
    , m_unwanted(expect.bodyLacks)
    , m_kept(kept)
    , m_keepsWindow(!expect.bodyMatches.isEmpty() || !expect.json.isEmpty())
{
}

bool HttpAnswer::addHeaderLine(QByteArrayView line)
{
    m_began = true;
    m_headerSize += line.size();
    if (m_headerSize > kHeaderLimit) {
        m_tooLarge = true;
        return false;
    }
    if (m_complete)
        return true; // trailers
    line = withoutLineEnd(line);
    if (!m_inBlock)
        beginBlock(line);
    else if (line.isEmpty())
        endBlock();
    else
        addField(line);
    return true;
}

void HttpAnswer::beginBlock(QByteArrayView statusLine)
{
    m_inBlock = true;
    headers.clear();
    const QByteArray line = statusLine.toByteArray();
    const auto slash = line.indexOf('/');
    const auto afterVersion = line.indexOf(' ');
    const auto afterStatus = line.indexOf(' ', afterVersion + 1);
    version = QString::fromLatin1(line.mid(slash + 1, afterVersion - slash - 1));
    status = line.mid(afterVersion + 1, 3).toInt();
    reason = afterVersion >= 0 && afterStatus >= 0 ? line.mid(afterStatus + 1).trimmed() : QByteArray();
}

void HttpAnswer::endBlock()
{
    m_inBlock = false;
    constexpr int kSwitchingProtocols = 101; // what follows is no HTTP any more
    if (status < 100 || status > 199 || status == kSwitchingProtocols) {
        m_complete = true;
        return;
    }
    status = 0;
    version.clear();
    reason.clear();
    headers.clear();
}

void HttpAnswer::addField(QByteArrayView line)
{
    const bool folded = line.front() == ' ' || line.front() == '\t';
    if (folded && !headers.isEmpty()) {
        headers.last().value += ' ' + line.toByteArray().trimmed();
        return;
    }
    const auto colon = line.indexOf(':');
    if (colon < 0)
        headers.append({line.toByteArray(), {}});
    else
        headers.append({line.first(colon).toByteArray(), line.sliced(colon + 1).toByteArray().trimmed()});
}

bool HttpAnswer::addBody(QByteArrayView piece)
{
    m_began = true;
    search(piece);
    if (const auto room = m_kept - body.size(); room > 0)
        body.append(piece.first(qMin(room, piece.size())));
    m_decoded += piece.size();
    m_tooLarge = m_tooLarge || m_decoded > kBodyLimit;
    return !m_tooLarge;
}

void HttpAnswer::beginSearch()
{
    const bool latin1 = isLatin1(headers);
    const auto bytes = [latin1](const QString &text) { return latin1 ? text.toLatin1() : text.toUtf8(); };
    m_search = TextSearch(bytes(m_wanted));
    m_unwantedSearch = TextSearch(bytes(m_unwanted));
}

void HttpAnswer::search(QByteArrayView piece)
{
    const auto room = kSearchLimit - m_decoded;
    if (room <= 0)
        return;
    if (m_decoded == 0)
        beginSearch();
    const auto visible = piece.first(qMin<qsizetype>(room, piece.size()));
    if (!m_wanted.isEmpty())
        m_search.add(visible);
    if (!m_unwanted.isEmpty())
        m_unwantedSearch.add(visible);
    if (m_keepsWindow)
        m_window.append(visible);
}

QString HttpAnswer::text() const
{
    return isLatin1(headers) ? QString::fromLatin1(m_window) : QString::fromUtf8(m_window);
}

std::optional<qint64> HttpAnswer::announcedLength() const
{
    bool ok = false;
    const qint64 length = headerValue(headers, "Content-Length").toLongLong(&ok);
    return ok && length >= 0 ? std::optional(length) : std::nullopt;
}

} // namespace backwatch
