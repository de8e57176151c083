// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/mysqlconversation.h"

#include "app/probes/shownbytes.h"

#include <QCoreApplication>
#include <QtEndian>

namespace backwatch {

namespace {

struct MysqlConversationText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::MysqlConversation)
};

// Capabilities of the protocol: long password, protocol 41, TLS, secure connection, authentication plugins.
constexpr quint32 kLongPassword = 0x1;
constexpr quint32 kProtocol41 = 0x200;
constexpr quint32 kTls = 0x800;
constexpr quint32 kSecureConnection = 0x8000;
constexpr quint32 kPluginAuth = 0x80000;

constexpr qsizetype kPacketHead = 4;
constexpr unsigned char kErrorPacket = 0xff;
constexpr unsigned char kSwitchPacket = 0xfe;

QByteArray packet(const QByteArray &body, int sequence)
{
    QByteArray head(kPacketHead, 0);
    qToLittleEndian<quint32>(static_cast<quint32>(body.size()), head.data());
    head[3] = static_cast<char>(sequence);
    return head + body;
}

/// How a client introduces itself, up to the user's name.
QByteArray introduction(quint32 capabilities)
{
    QByteArray body(32, 0);
    qToLittleEndian<quint32>(capabilities, body.data());
    qToLittleEndian<quint32>(1 << 20, body.data() + 4); // longest packet
    body[8] = 45;                                       // utf8mb4
    return body;
}

QByteArray login(bool secure, int sequence)
{
    const quint32 capabilities =
        kLongPassword | kProtocol41 | kSecureConnection | kPluginAuth | (secure ? kTls : 0);
    QByteArray body = introduction(capabilities);
    body += QByteArrayLiteral("backwatch");
    body += '\0';
    body += '\0'; // no password
    body += QByteArrayLiteral("mysql_native_password");
    body += '\0';
    return packet(body, sequence);
}

/// What an error packet says; its five characters of SQL state are left out.
std::pair<int, QByteArray> errorIn(const QByteArray &body)
{
    if (body.size() < 3)
        return {0, {}};
    const int code = qFromLittleEndian<quint16>(body.constData() + 1);
    return {code, body.mid(body.size() > 3 && body[3] == '#' ? 9 : 3)};
}

Verdict greetingVerdict(const QByteArray &body)
{
    const auto [code, text] = errorIn(body);
    const QString words = shownBytes(text);
    switch (code) {
    case 1040:
        return {Outcome::ProtocolError,
                MysqlConversationText::tr("The database has no connection left: “%1”.").arg(words)};
    case 1129:
        return {Outcome::ProtocolError,
                MysqlConversationText::tr(
                    "The database has locked this computer out after too many broken connections: "
                    "“%1”. FLUSH HOSTS lets it in again.")
                    .arg(words)};
    case 1130:
        return {Outcome::AuthRejected,
                MysqlConversationText::tr("The database does not talk to this computer: “%1”.").arg(words)};
    default:
        return {Outcome::ProtocolError,
                MysqlConversationText::tr("The database greets with an error: “%1”.").arg(words)};
    }
}

} // namespace

Conversation::Step MysqlConversation::received(QByteArray &buffer)
{
    if (buffer.size() < kPacketHead)
        return {};
    const auto length = static_cast<qsizetype>(qFromLittleEndian<quint32>(buffer.constData()) & 0xffffff);
    const int sequence = static_cast<unsigned char>(buffer[3]);
    constexpr qsizetype kSensible = 16 * 1024;
    if (length == 0 || length > kSensible || (!m_greeted && sequence != 0))
        return {Step::Then::Leave,
                {},
                {Outcome::ProtocolError,
                 MysqlConversationText::tr("This is no MySQL or MariaDB server; it says “%1”.")
                     .arg(shownBytes(buffer))}};
    if (buffer.size() < kPacketHead + length)
        return {};
    const QByteArray body = buffer.mid(kPacketHead, length);
    buffer.remove(0, kPacketHead + length);
    return m_greeted ? answered(body, sequence) : greeted(body);
}

Conversation::Step MysqlConversation::greeted(const QByteArray &body)
{
    constexpr char kProtocolTen = 10;
    if (static_cast<unsigned char>(body[0]) == kErrorPacket)
        return {Step::Then::Leave, {}, greetingVerdict(body)};
    const auto versionEnd = body.indexOf('\0', 1);
    // Thread id, half of the nonce and a filler stand between the version and the capabilities.
    const auto capabilitiesAt = versionEnd + 1 + 4 + 8 + 1;
    if (body[0] != kProtocolTen || versionEnd < 0 || body.size() < capabilitiesAt + 2)
        return {Step::Then::Leave,
                {},
                {Outcome::ProtocolError,
                 MysqlConversationText::tr("The greeting is not one of MySQL or MariaDB.")}};
    m_greeted = true;
    m_verdict = {Outcome::Ok,
                 MysqlConversationText::tr("%1 answers.").arg(shownBytes(body.mid(1, versionEnd - 1), 60))};
    const auto capabilities = qFromLittleEndian<quint16>(body.constData() + capabilitiesAt);
    if (!m_secure)
        return {Step::Then::Listen, login(false, 1), {}};
    if (!(capabilities & kTls)) {
        m_verdict = {Outcome::ProtocolError, MysqlConversationText::tr("The database does not offer TLS.")};
        return {Step::Then::Listen, login(false, 1), {}};
    }
    const quint32 wanted = kLongPassword | kProtocol41 | kSecureConnection | kPluginAuth | kTls;
    return {Step::Then::Secure, packet(introduction(wanted), 1), {}};
}

Conversation::Step MysqlConversation::secured()
{
    return {Step::Then::Listen, login(true, 2), {}};
}

Conversation::Step MysqlConversation::answered(const QByteArray &body, int sequence)
{
    // Another way to log in is wished for: without a password there is nothing to say in that one either.
    if (static_cast<unsigned char>(body[0]) == kSwitchPacket)
        return {Step::Then::Listen, packet({}, sequence + 1), {}};
    if (static_cast<unsigned char>(body[0]) == kErrorPacket)
        return {Step::Then::Leave, {}, m_verdict};
    return {Step::Then::Leave, packet(QByteArrayLiteral("\x01"), 0), m_verdict}; // COM_QUIT
}

Conversation::Step MysqlConversation::closed(const QByteArray &)
{
    if (m_greeted)
        return {Step::Then::Leave, {}, m_verdict};
    return {Step::Then::Leave,
            {},
            {Outcome::ClosedEarly,
             MysqlConversationText::tr("The database closed the connection without a greeting.")}};
}

QString MysqlConversation::awaited() const
{
    return m_greeted ? MysqlConversationText::tr("the database's answer")
                     : MysqlConversationText::tr("the greeting of the database");
}

} // namespace backwatch
