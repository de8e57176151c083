// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/addresslookup.h"

#include <QCoreApplication>
#include <QUrl>

namespace backwatch {

namespace {

struct AddressLookupText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::AddressLookup)
};

} // namespace

bool isOfFamily(const QHostAddress &address, AddressFamily family)
{
    if (family == AddressFamily::Ipv4)
        return address.protocol() == QAbstractSocket::IPv4Protocol;
    return family != AddressFamily::Ipv6 || address.protocol() == QAbstractSocket::IPv6Protocol;
}

Verdict nameVerdict(const QString &host, AddressFamily family, const NameAnswer &answer)
{
    if (answer.status == NameAnswer::Status::NotFound) {
        // It may have an address of the other family, which was not asked for.
        const QString sentence =
            family == AddressFamily::Ipv4   ? AddressLookupText::tr("The name %1 has no IPv4 address.")
            : family == AddressFamily::Ipv6 ? AddressLookupText::tr("The name %1 has no IPv6 address.")
                                            : AddressLookupText::tr("The name %1 does not exist.");
        return {Outcome::DnsNotFound, sentence.arg(host)};
    }
    return {Outcome::DnsFailure, AddressLookupText::tr("The name %1 could not be looked up: %2.")
                                     .arg(host, QString::fromLocal8Bit(answer.reason))};
}

std::optional<AddressLookup::Answer> AddressLookup::begin(const QString &host, AddressFamily family,
                                                          NameResolver::Moment now, const Take &take)
{
    const QHostAddress literal(host);
    if (!literal.isNull()) {
        if (isOfFamily(literal, family))
            return QByteArrayList{host.toLatin1()};
        return tl::make_unexpected(
            Verdict{Outcome::DnsNotFound,
                    AddressLookupText::tr("%1 is not of the address family that is asked for.").arg(host)});
    }
    const QByteArray ace = QUrl::toAce(host);
    const QByteArray name = ace.isEmpty() ? host.toUtf8() : ace;
    if (const auto known = m_names.cached(name, family, now))
        return known->addresses;
    m_ticket = m_names.ask(name, family, [this, host, family, take](const NameAnswer &answer) {
        m_ticket.reset();
        if (answer.status == NameAnswer::Status::Found)
            take(answer.addresses);
        else
            take(tl::make_unexpected(nameVerdict(host, family, answer)));
    });
    return std::nullopt;
}

void AddressLookup::forget()
{
    if (m_ticket)
        m_names.forget(*m_ticket);
    m_ticket.reset();
}

} // namespace backwatch
