// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/dnsverdict.h"

#include "app/probes/dnsrecords.h"
#include "app/probes/shownbytes.h"

#include <QCoreApplication>

#include <ares.h>

#include <algorithm>

namespace backwatch {

namespace {

struct DnsVerdictText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::DnsProbe)
};

constexpr qsizetype kShownLine = 300;

QString shownLine(const QStringList &values)
{
    const QString line = shownBytes(values.join(QStringLiteral(", ")).toUtf8(), kShownLine + 1);
    return line.size() > kShownLine ? QString(line.first(kShownLine - 1) + u'…') : line;
}

Verdict valuesVerdict(const DnsCheck &check, const QStringList &found)
{
    QStringList expected;
    for (const auto &value : check.expect)
        expected += canonicalDnsValue(value, check.type);
    const auto missing = [](const QStringList &from, const QStringList &in) {
        QStringList lost;
        std::copy_if(from.begin(), from.end(), std::back_inserter(lost),
                     [&](const QString &value) { return !in.contains(value); });
        return lost;
    };
    const QString type = dnsTypeName(check.type);
    if (const QStringList lost = missing(expected, found); !lost.isEmpty())
        return {Outcome::BodyMismatch, DnsVerdictText::tr("The %1 records of %2 are %3; expected %4.")
                                           .arg(type, check.name, shownLine(found), shownLine(expected))};
    if (const QStringList more = missing(found, expected);
        check.exactly && !expected.isEmpty() && !more.isEmpty())
        return {Outcome::BodyMismatch,
                DnsVerdictText::tr("The %1 records of %2 are %3; expected nothing but %4.")
                    .arg(type, check.name, shownLine(found), shownLine(expected))};
    return {Outcome::Ok, shownLine(found)};
}

QString failureSentence(int status)
{
    switch (status) {
    case ARES_ESERVFAIL:
        return DnsVerdictText::tr(
            "The resolver %1 could not find out about %2 (SERVFAIL). It may not reach the "
            "name servers of the domain, or its signatures are wrong.");
    case ARES_EREFUSED:
        return DnsVerdictText::tr(
            "The resolver %1 refuses to answer for %2 (REFUSED). Ask one that answers this "
            "computer.");
    case ARES_ENOTIMP:
        return DnsVerdictText::tr("The resolver %1 does not know this kind of question about %2 (NOTIMP).");
    case ARES_EFORMERR:
        return DnsVerdictText::tr("The resolver %1 did not understand the question about %2 (FORMERR).");
    default:
        return DnsVerdictText::tr("The resolver %1 could not answer for %2.");
    }
}

} // namespace

Verdict dnsVerdict(const DnsCheck &check, const QString &resolver, int status, const QByteArray &reply)
{
    const Verdict none{Outcome::DnsNotFound, DnsVerdictText::tr("The name %1 exists, but has no %2 record.")
                                                 .arg(check.name, dnsTypeName(check.type))};
    const Verdict unreadable{
        Outcome::MalformedResponse,
        DnsVerdictText::tr("The answer of the resolver %1 cannot be read.").arg(resolver)};
    switch (status) {
    case ARES_SUCCESS: {
        const auto values = dnsValues(reply, check.type);
        if (!values)
            return unreadable;
        return values->isEmpty() ? none : valuesVerdict(check, *values);
    }
    case ARES_ENODATA:
        return none;
    case ARES_ENOTFOUND:
        return {Outcome::DnsNotFound, DnsVerdictText::tr("The name %1 does not exist.").arg(check.name)};
    case ARES_ETIMEOUT:
        return {
            Outcome::DnsTimeout,
            DnsVerdictText::tr("The resolver %1 did not answer in time for %2.").arg(resolver, check.name)};
    case ARES_ECONNREFUSED:
        return {Outcome::ConnectRefused,
                DnsVerdictText::tr("Nobody answers questions at %1: the port is closed.").arg(resolver)};
    case ARES_EBADRESP:
        return unreadable;
    case ARES_EBADNAME:
        return {Outcome::Internal,
                DnsVerdictText::tr("“%1” cannot be a name. Correct the check.").arg(check.name)};
    case ARES_ENOMEM:
        return {Outcome::Internal, DnsVerdictText::tr("This computer has no memory left for the check.")};
    default:
        return {Outcome::DnsFailure, failureSentence(status).arg(resolver, check.name)};
    }
}

} // namespace backwatch
