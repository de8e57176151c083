// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httpoutcome.h"
#include "app/probes/reasonphrase.h"

#include <QCoreApplication>
#include <QLocale>
#include <QUrlQuery>

#include <algorithm>

namespace backwatch {

namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::HttpOutcome)
};

constexpr qsizetype kReasonShown = 120;
constexpr int kDecimalsBelow = 10;

/// What a server wrote, fit for one line of text.
QString readable(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    if (text.contains(QChar::ReplacementCharacter))
        text = QString::fromLatin1(bytes);
    text.removeIf([](QChar c) { return !c.isPrint(); });
    return text.left(kReasonShown);
}

bool expects(const HttpExpectation &expect, int status)
{
    return std::any_of(expect.status.cbegin(), expect.status.cend(), [status](const StatusRange &range) {
        return status >= range.from && status <= range.to;
    });
}

} // namespace

QString statusLine(int status, const QByteArray &reason)
{
    const QString phrase = reason.isEmpty() ? QString::fromLatin1(reasonPhrase(status)) : readable(reason);
    return phrase.isEmpty() ? QString::number(status) : QString(QString::number(status) + u' ' + phrase);
}

QString hostAndPort(const QString &address, int port)
{
    return (address.contains(u':') ? QString(u'[' + address + u']') : address) + u':' + QString::number(port);
}

QString readableTime(microseconds time)
{
    const auto ms = static_cast<double>(time.count()) / 1000;
    if (ms < 1000)
        return Sentences::tr("%1 ms").arg(QLocale().toString(ms, 'f', ms < kDecimalsBelow ? 1 : 0));
    return Sentences::tr("%1 s").arg(QLocale().toString(ms / 1000, 'f', 1));
}

QString readableUrl(const QUrl &url)
{
    QUrl shown = url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    if (!shown.hasQuery())
        return shown.toDisplayString().left(kReasonShown);
    QUrlQuery query;
    const auto items = QUrlQuery(shown).queryItems();
    for (const auto &[name, value] : items)
        query.addQueryItem(name, value.isEmpty() ? value : QStringLiteral("…"));
    shown.setQuery(query);
    return shown.toDisplayString().left(kReasonShown);
}

Verdict answerVerdict(const HttpExpectation &expect, const Exchange &exchange, bool bodyFound)
{
    const QString line = statusLine(exchange.status, exchange.reason);
    if (!expects(expect, exchange.status))
        return {Outcome::HttpStatus, line};
    if (!bodyFound)
        return {Outcome::BodyMismatch,
                Sentences::tr("%1, but the text “%2” is not in the answer (%Ln byte(s)).", nullptr,
                              static_cast<int>(exchange.bodySize))
                    .arg(line, expect.bodyContains.left(kReasonShown))};
    if (expect.slowAfter && exchange.phases.total > *expect.slowAfter)
        return {Outcome::Slow,
                Sentences::tr("%1 after %2; expected within %3.")
                    .arg(line, readableTime(exchange.phases.total), readableTime(*expect.slowAfter))};
    if (exchange.certificate && exchange.certificate->daysLeft(exchange.startedAt) < expect.certificateDays)
        return {Outcome::CertificateExpiring,
                Sentences::tr("%1, but the certificate of %2 expires in %n day(s), on %3.", nullptr,
                              exchange.certificate->daysLeft(exchange.startedAt))
                    .arg(line, exchange.certificate->subject,
                         formatTimestamp(exchange.certificate->notAfter).left(10))};
    return {Outcome::Ok, line};
}

} // namespace backwatch
