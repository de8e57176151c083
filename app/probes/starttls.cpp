// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/starttls.h"

#include "app/probes/lineconversation.h"
#include "app/probes/mysqlconversation.h"
#include "app/probes/postgresqlconversation.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

struct StartTlsText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::StartTls)
};

using Turn = LineConversation::Turn;

Verdict handshakeDone()
{
    return {Outcome::Ok, StartTlsText::tr("The TLS handshake was finished.")};
}

/// TLS from the first byte: when there is something to say it is done already.
class HandshakeAlone final : public Conversation
{
public:
    Step opened() override { return {Step::Then::Leave, {}, handshakeDone()}; }
    Step received(QByteArray &) override { return {}; }
    Step closed(const QByteArray &) override { return {Step::Then::Leave, {}, handshakeDone()}; }
    QString awaited() const override { return StartTlsText::tr("the TLS handshake"); }
};

/// The content of the BER element that begins there; nothing when it is not all there. Servers write the same
/// length in one byte or in five.
std::optional<QByteArray> elementIn(const QByteArray &bytes, qsizetype at)
{
    if (bytes.size() < at + 2)
        return std::nullopt;
    qsizetype length = static_cast<unsigned char>(bytes[at + 1]);
    qsizetype begin = at + 2;
    if (length > 0x80) {
        const qsizetype digits = length - 0x80;
        if (digits > 4 || bytes.size() < begin + digits)
            return std::nullopt;
        length = 0;
        for (qsizetype i = 0; i < digits; ++i)
            length = length * 256 + static_cast<unsigned char>(bytes[begin + i]);
        begin += digits;
    }
    if (bytes.size() - begin < length)
        return std::nullopt;
    return bytes.mid(begin, length);
}

/// LDAPMessage { messageID 1, [APPLICATION 24] { ENUMERATED resultCode, … } }.
std::optional<int> resultIn(const QByteArray &message)
{
    constexpr qsizetype kMessageId = 3;
    if (!message.startsWith(QByteArray::fromHex("020101")) || message.size() <= kMessageId ||
        static_cast<unsigned char>(message[kMessageId]) != 0x78)
        return std::nullopt;
    const auto response = elementIn(message, kMessageId);
    if (!response || !response->startsWith('\x0a'))
        return std::nullopt;
    const auto code = elementIn(*response, 0);
    return code && code->size() == 1 ? std::optional(static_cast<unsigned char>(code->at(0))) : std::nullopt;
}

/// The extended operation of RFC 4511, section 4.14, in BER.
class LdapStartTls final : public Conversation
{
public:
    Step opened() override
    {
        return {Step::Then::Listen,
                QByteArray::fromHex("301d02010177188016") + QByteArrayLiteral("1.3.6.1.4.1.1466.20037"),
                {}};
    }

    Step received(QByteArray &buffer) override
    {
        constexpr qsizetype kSensible = 4'096;
        const auto whole = elementIn(buffer, 0);
        if (!whole && buffer.size() < kSensible && buffer.startsWith('\x30'))
            return {};
        const std::optional<int> code = whole ? resultIn(*whole) : std::nullopt;
        buffer.clear();
        if (code == 0)
            return {Step::Then::Secure, {}, {}};
        return {Step::Then::Leave,
                {},
                {Outcome::ProtocolError, code
                                             ? StartTlsText::tr("The directory server refuses to begin TLS.")
                                             : StartTlsText::tr("The answer is not one of an LDAP server.")}};
    }

    Step secured() override
    {
        // UnbindRequest
        return {Step::Then::Leave, QByteArray::fromHex("30050201024200"), handshakeDone()};
    }

    Step closed(const QByteArray &) override
    {
        return {
            Step::Then::Leave,
            {},
            {Outcome::ClosedEarly, StartTlsText::tr("The connection was closed instead of beginning TLS.")}};
    }

    QString awaited() const override { return StartTlsText::tr("the directory server's consent to TLS"); }
};

} // namespace

std::unique_ptr<Conversation> startTlsConversation(StartTls protocol)
{
    switch (protocol) {
    case StartTls::None:
        return std::make_unique<HandshakeAlone>();
    case StartTls::Smtp:
        return std::make_unique<LineConversation>(true, QByteArray(),
                                                  QList<Turn>{{"220", "EHLO backwatch.invalid\r\n"},
                                                              {"250", "STARTTLS\r\n"},
                                                              {"220", {}, true},
                                                              {{}, "QUIT\r\n"}});
    case StartTls::Imap:
        return std::make_unique<LineConversation>(
            false, QByteArrayLiteral("* "),
            QList<Turn>{{"* OK", "a1 STARTTLS\r\n"}, {"a1 OK", {}, true}, {{}, "a2 LOGOUT\r\n"}});
    case StartTls::Pop3:
        return std::make_unique<LineConversation>(
            false, QByteArray(), QList<Turn>{{"+OK", "STLS\r\n"}, {"+OK", {}, true}, {{}, "QUIT\r\n"}});
    case StartTls::Ftp:
        return std::make_unique<LineConversation>(
            true, QByteArray(), QList<Turn>{{"220", "AUTH TLS\r\n"}, {"234", {}, true}, {{}, "QUIT\r\n"}});
    case StartTls::Ldap:
        return std::make_unique<LdapStartTls>();
    case StartTls::Postgresql:
        return std::make_unique<PostgresqlConversation>(true);
    case StartTls::Mysql:
        return std::make_unique<MysqlConversation>(true);
    }
    return nullptr;
}

} // namespace backwatch
