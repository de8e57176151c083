// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/fastcgiconversation.h"

#include "app/probes/shownbytes.h"

#include <QCoreApplication>
#include <QHash>
#include <QtEndian>

namespace backwatch {

namespace {

struct FastCgiConversationText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::FastCgiConversation)
};

enum RecordType { BeginRequest = 1, EndRequest = 3, Params = 4, StandardInput = 5, Output = 6, Errors = 7 };

constexpr qsizetype kRecordHead = 8;
constexpr qsizetype kLongestOutput = 256 * 1024;

QByteArray record(RecordType type, int id, const QByteArray &content)
{
    QByteArray head(kRecordHead, 0);
    head[0] = 1; // version
    head[1] = static_cast<char>(type);
    qToBigEndian<quint16>(static_cast<quint16>(id), head.data() + 2);
    qToBigEndian<quint16>(static_cast<quint16>(content.size()), head.data() + 4);
    return head + content;
}

void add(QByteArray &params, const QByteArray &name, const QByteArray &value)
{
    params += static_cast<char>(name.size());
    // Lengths over 127 take four bytes.
    if (value.size() < 128) {
        params += static_cast<char>(value.size());
    } else {
        QByteArray length(4, 0);
        qToBigEndian<quint32>(static_cast<quint32>(value.size()) | 0x80000000U, length.data());
        params += length;
    }
    params += name + value;
}

QByteArray bodyOf(const QByteArray &output)
{
    const auto end = output.indexOf("\r\n\r\n");
    return end < 0 ? output : output.mid(end + 4);
}

/// The Status field of a CGI answer; 200 where it is left out.
int statusOf(const QByteArray &output)
{
    const auto end = output.indexOf("\r\n\r\n");
    const auto head = output.first(std::max<qsizetype>(0, end)).split('\n');
    for (const auto &line : head)
        if (line.toLower().startsWith("status:"))
            return line.mid(7).trimmed().left(3).toInt();
    return 200;
}

/// "name: value" lines of PHP-FPM's status page.
QHash<QByteArray, QByteArray> figuresIn(const QByteArray &output)
{
    QHash<QByteArray, QByteArray> figures;
    const auto lines = bodyOf(output).split('\n');
    for (const auto &line : lines)
        if (const auto colon = line.indexOf(':'); colon > 0)
            figures.insert(line.first(colon).trimmed(), line.mid(colon + 1).trimmed());
    return figures;
}

Verdict statusVerdict(const QByteArray &output, const Verdict &ping)
{
    const auto figures = figuresIn(output);
    if (statusOf(output) != 200 || !figures.contains("listen queue"))
        return {Outcome::BodyMismatch, FastCgiConversationText::tr(
                                           "PHP-FPM answers, but shows no status page; set pm.status_path.")};
    const QString pool = shownBytes(figures.value("pool"), 40);
    const int waiting = figures.value("listen queue").toInt();
    const int idle = figures.value("idle processes").toInt();
    const int active = figures.value("active processes").toInt();
    if (waiting > 0 && idle == 0)
        return {Outcome::Slow,
                FastCgiConversationText::tr("All workers of the pool %1 are busy, and %n request(s) wait.",
                                            nullptr, waiting)
                    .arg(pool)};
    return {ping.outcome, FastCgiConversationText::tr("%1 Pool %2: %3 busy, %4 idle, %5 waiting.")
                              .arg(ping.detail, pool)
                              .arg(active)
                              .arg(idle)
                              .arg(waiting)};
}

} // namespace

QByteArray FastCgiConversation::request(const QString &path, int id, bool keep) const
{
    const QByteArray script = path.toUtf8();
    QByteArray begin(8, 0);
    begin[1] = 1; // responder
    begin[2] = keep ? 1 : 0;
    QByteArray params;
    add(params, "GATEWAY_INTERFACE", "CGI/1.1");
    add(params, "REQUEST_METHOD", "GET");
    add(params, "SCRIPT_NAME", script);
    add(params, "SCRIPT_FILENAME", script);
    add(params, "REQUEST_URI", script);
    add(params, "QUERY_STRING", "");
    add(params, "SERVER_PROTOCOL", "HTTP/1.1");
    add(params, "SERVER_SOFTWARE", "backwatch");
    add(params, "REMOTE_ADDR", "127.0.0.1");
    return record(BeginRequest, id, begin) + record(Params, id, params) + record(Params, id, {}) +
           record(StandardInput, id, {});
}

Conversation::Step FastCgiConversation::opened()
{
    return {Step::Then::Listen, request(m_check.path, 1, !m_check.statusPath.isEmpty()), {}};
}

Conversation::Step FastCgiConversation::received(QByteArray &buffer)
{
    while (buffer.size() >= kRecordHead) {
        const auto type = static_cast<unsigned char>(buffer[1]);
        const qsizetype length = qFromBigEndian<quint16>(buffer.constData() + 4);
        const qsizetype padding = static_cast<unsigned char>(buffer[6]);
        if (buffer[0] != 1 || type == 0 || type > 11)
            return {Step::Then::Leave,
                    {},
                    {Outcome::ProtocolError,
                     FastCgiConversationText::tr("This is no FastCGI server; it says “%1”.")
                         .arg(shownBytes(buffer))}};
        if (buffer.size() < kRecordHead + length + padding)
            return {};
        const QByteArray content = buffer.mid(kRecordHead, length);
        buffer.remove(0, kRecordHead + length + padding);
        if (type == EndRequest)
            return requestEnded(content);
        if (type == Output)
            m_output += content;
        else if (type == Errors)
            m_errors = m_errors.isEmpty() ? content : m_errors;
        if (m_output.size() > kLongestOutput)
            return {Step::Then::Leave,
                    {},
                    {Outcome::TooLarge,
                     FastCgiConversationText::tr("The page is larger than this program reads.")}};
    }
    return {};
}

Conversation::Step FastCgiConversation::requestEnded(const QByteArray &ending)
{
    constexpr char kOverloaded = 2;
    if (ending.size() > 4 && ending[4] != 0)
        return {Step::Then::Leave,
                {},
                {Outcome::ProtocolError,
                 ending[4] == kOverloaded
                     ? FastCgiConversationText::tr("The FastCGI server is overloaded.")
                     : FastCgiConversationText::tr("The FastCGI server refuses the request.")}};
    if (m_asksStatus)
        return {Step::Then::Leave, {}, statusVerdict(m_output, pingVerdict())};
    const Verdict ping = pingVerdict();
    if (m_check.statusPath.isEmpty() || ping.outcome != Outcome::Ok)
        return {Step::Then::Leave, {}, ping};
    m_asksStatus = true;
    m_output.clear();
    return {Step::Then::Listen, request(m_check.statusPath, 1, false), {}};
}

Verdict FastCgiConversation::pingVerdict() const
{
    const Verdict fine{Outcome::Ok, FastCgiConversationText::tr("The FastCGI server answers.")};
    if (m_asksStatus)
        return fine;
    const int status = statusOf(m_output);
    const bool missing = status == 404 || m_errors.contains("Primary script unknown");
    if (missing)
        return {Outcome::BodyMismatch,
                FastCgiConversationText::tr("PHP-FPM answers, but its pool has no page %1; set pm.ping_path.")
                    .arg(m_check.path)};
    if (status >= 400)
        return {Outcome::ProtocolError,
                FastCgiConversationText::tr("The FastCGI server answers with status %1. %2")
                    .arg(status)
                    .arg(shownBytes(m_errors))
                    .trimmed()};
    if (!m_check.expect.isEmpty() && !bodyOf(m_output).contains(m_check.expect.toUtf8()))
        return {Outcome::BodyMismatch, FastCgiConversationText::tr("“%1” was expected, but “%2” came.")
                                           .arg(m_check.expect, shownBytes(bodyOf(m_output)))};
    return fine;
}

Conversation::Step FastCgiConversation::closed(const QByteArray &)
{
    return {Step::Then::Leave,
            {},
            {Outcome::ClosedEarly,
             FastCgiConversationText::tr("The FastCGI server closed the connection in mid-answer.")}};
}

QString FastCgiConversation::awaited() const
{
    return FastCgiConversationText::tr("an answer of the FastCGI server");
}

} // namespace backwatch
