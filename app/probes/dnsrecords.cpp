// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/dnsrecords.h"

#include <QHostAddress>
#include <QUrl>
#include <QtEndian>

#include <arpa/nameser.h>
#include <resolv.h>

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

struct KnownType
{
    DnsType type;
    int number; ///< RFC 1035, 3596, 2782, 8659
    const char *name;
};

constexpr std::array<KnownType, 10> kTypes{{{DnsType::A, 1, "A"},
                                            {DnsType::Aaaa, 28, "AAAA"},
                                            {DnsType::Cname, 5, "CNAME"},
                                            {DnsType::Mx, 15, "MX"},
                                            {DnsType::Ns, 2, "NS"},
                                            {DnsType::Txt, 16, "TXT"},
                                            {DnsType::Soa, 6, "SOA"},
                                            {DnsType::Srv, 33, "SRV"},
                                            {DnsType::Ptr, 12, "PTR"},
                                            {DnsType::Caa, 257, "CAA"}}};

const KnownType &known(DnsType type)
{
    return *std::find_if(kTypes.begin(), kTypes.end(), [type](const auto &t) { return t.type == type; });
}

/// What came in is one line of text, whatever its bytes were.
QString plainText(QByteArrayView bytes)
{
    QString text = QString::fromUtf8(bytes);
    for (auto &c : text)
        if (!c.isPrint())
            c = u' ';
    return text;
}

/// Reads one record's data from its beginning; what it cannot read is missing from then on.
class RecordReader
{
public:
    RecordReader(const ns_msg &message, const ns_rr &record)
        : m_begin(message._msg)
        , m_messageEnd(message._eom)
        , m_at(record.rdata)
        , m_end(record.rdata + record.rdlength)
    {
    }

    bool isGood() const { return m_good; }
    bool atEnd() const { return m_at == m_end; }
    QByteArrayView bytes(qsizetype count)
    {
        if (!m_good || count > m_end - m_at) {
            m_good = false;
            return {};
        }
        const QByteArrayView view(m_at, count);
        m_at += count;
        return view;
    }
    QByteArrayView rest() { return bytes(m_end - m_at); }
    template <typename Number>
    QString number()
    {
        const QByteArrayView view = bytes(sizeof(Number));
        return m_good ? QString::number(qFromBigEndian<Number>(view.data())) : QString();
    }
    QByteArrayView counted() ///< preceded by its length
    {
        const QByteArrayView length = bytes(1);
        return m_good ? bytes(static_cast<quint8>(length.front())) : QByteArrayView();
    }
    QString name()
    {
        std::array<char, NS_MAXDNAME> text{};
        const int used =
            m_good ? dn_expand(m_begin, m_messageEnd, m_at, text.data(), static_cast<int>(text.size())) : -1;
        if (used < 0 || used > m_end - m_at) {
            m_good = false;
            return {};
        }
        m_at += used;
        const QString name = QString::fromLatin1(text.data()).toLower();
        return name.isEmpty() ? QStringLiteral(".") : name;
    }

private:
    const unsigned char *m_begin;
    const unsigned char *m_messageEnd;
    const unsigned char *m_at;
    const unsigned char *m_end;
    bool m_good = true;
};

QString addressText(QByteArrayView bytes)
{
    if (bytes.size() == 4)
        return QHostAddress(qFromBigEndian<quint32>(bytes.data())).toString();
    Q_IPV6ADDR address{};
    std::copy(bytes.begin(), bytes.end(), std::begin(address.c));
    return QHostAddress(address).toString();
}

QString soaText(RecordReader &reader)
{
    QStringList parts{reader.name(), reader.name()};
    for (int i = 0; i < 5; ++i)
        parts += reader.number<quint32>();
    return parts.join(u' ');
}

QString caaText(RecordReader &reader)
{
    const QString flags = reader.number<quint8>();
    const QString tag = plainText(reader.counted()).toLower();
    return QStringLiteral("%1 %2 \"%3\"").arg(flags, tag, plainText(reader.rest()));
}

QString srvText(RecordReader &reader)
{
    QStringList parts;
    for (int i = 0; i < 3; ++i)
        parts += reader.number<quint16>();
    return QStringList(parts << reader.name()).join(u' ');
}

QString txtText(RecordReader &reader)
{
    QByteArray text;
    while (reader.isGood() && !reader.atEnd())
        text += reader.counted();
    return plainText(text);
}

QString recordText(RecordReader &reader, DnsType type)
{
    switch (type) {
    case DnsType::A:
    case DnsType::Aaaa: {
        const QByteArrayView bytes = reader.bytes(type == DnsType::A ? 4 : 16);
        return reader.isGood() ? addressText(bytes) : QString();
    }
    case DnsType::Mx: {
        const QString preference = reader.number<quint16>();
        return QStringList{preference, reader.name()}.join(u' ');
    }
    case DnsType::Txt:
        return txtText(reader);
    case DnsType::Soa:
        return soaText(reader);
    case DnsType::Srv:
        return srvText(reader);
    case DnsType::Caa:
        return caaText(reader);
    case DnsType::Cname:
    case DnsType::Ns:
    case DnsType::Ptr:
        break;
    }
    return reader.name();
}

QByteArray reverseName(const QHostAddress &address)
{
    QByteArray name;
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        const quint32 number = address.toIPv4Address();
        for (int i = 0; i < 4; ++i)
            name += QByteArray::number((number >> (8 * i)) & 0xff) + '.';
        return name + "in-addr.arpa";
    }
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    for (int i = 15; i >= 0; --i)
        name +=
            QByteArray::number(bytes.c[i] & 0xf, 16) + '.' + QByteArray::number(bytes.c[i] >> 4, 16) + '.';
    return name + "ip6.arpa";
}

} // namespace

int dnsTypeNumber(DnsType type)
{
    return known(type).number;
}

QString dnsTypeName(DnsType type)
{
    return QString::fromLatin1(known(type).name);
}

std::optional<QStringList> dnsValues(const QByteArray &reply, DnsType type)
{
    ns_msg message{};
    const auto *bytes = static_cast<const unsigned char *>(static_cast<const void *>(reply.constData()));
    if (ns_initparse(bytes, static_cast<int>(reply.size()), &message) != 0)
        return std::nullopt;
    QStringList values;
    for (int i = 0; i < ns_msg_count(message, ns_s_an) && values.size() < kDnsValues; ++i) {
        ns_rr record{};
        if (ns_parserr(&message, ns_s_an, i, &record) != 0)
            return std::nullopt;
        if (record.type != dnsTypeNumber(type) || record.rr_class != ns_c_in)
            continue;
        RecordReader reader(message, record);
        const QString value = recordText(reader, type);
        if (!reader.isGood() || !reader.atEnd())
            return std::nullopt;
        values += value;
    }
    values.sort();
    values.removeDuplicates();
    return values;
}

QString canonicalDnsValue(const QString &value, DnsType type)
{
    const QString text = value.trimmed();
    if (type == DnsType::Txt) {
        const bool quoted = text.size() > 1 && text.startsWith(u'"') && text.endsWith(u'"');
        return quoted ? text.sliced(1, text.size() - 2) : text;
    }
    if (type == DnsType::A || type == DnsType::Aaaa) {
        const QHostAddress address(text);
        return address.isNull() ? text : address.toString();
    }
    if (type == DnsType::Caa) {
        const QString tag = text.section(u' ', 1, 1, QString::SectionSkipEmpty).toLower();
        QString content = text.section(u' ', 2, -1, QString::SectionSkipEmpty);
        content.remove(u'"');
        return QStringLiteral("%1 %2 \"%3\"")
            .arg(text.section(u' ', 0, 0, QString::SectionSkipEmpty), tag, content);
    }
    QStringList words = text.simplified().toLower().split(u' ');
    for (auto &word : words)
        if (word.size() > 1 && word.endsWith(u'.'))
            word.chop(1);
    return words.join(u' ');
}

QByteArray dnsQuestion(const QString &name, DnsType type)
{
    const QString text = name.trimmed();
    if (const QHostAddress address(text); type == DnsType::Ptr && !address.isNull())
        return reverseName(address);
    const bool plain =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c < u'\x7f' && c != u'\\'; });
    return plain ? text.toLatin1() : QUrl::toAce(text);
}

} // namespace backwatch
