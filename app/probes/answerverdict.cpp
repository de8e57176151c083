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

struct AnswerVerdictText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::HttpOutcome)
};

constexpr qsizetype kReasonShown = 120;
constexpr int kDecimalsBelow = 10;

bool expects(const HttpExpectation &expect, int status)
{
    return std::any_of(expect.status.cbegin(), expect.status.cend(), [status](const StatusRange &range) {
        return status >= range.from && status <= range.to;
    });
}

bool showsCredentials(const HttpCheck &check)
{
    return check.authentication.kind != HttpAuthentication::Kind::None ||
           !headerValue(check.headers, "Authorization").isNull() ||
           std::any_of(check.secretHeaders.cbegin(), check.secretHeaders.cend(),
                       [](const SecretHeader &header) {
                           return header.name.compare("Authorization", Qt::CaseInsensitive) == 0;
                       });
}

Verdict statusVerdict(const HttpCheck &check, const Exchange &exchange)
{
    constexpr int kUnauthorized = 401;
    constexpr int kProxyUnauthorized = 407;
    const QString line = statusLine(exchange.status, exchange.reason);
    if (check.version == HttpVersion::Http2 && exchange.httpVersion != QLatin1String("2"))
        return {Outcome::ProtocolError,
                AnswerVerdictText::tr("The answer came over HTTP/%1, but HTTP/2 is asked for.")
                    .arg(exchange.httpVersion)};
    if (expects(check.expect, exchange.status))
        return {};
    if (exchange.status == kUnauthorized && showsCredentials(check))
        return {Outcome::AuthRejected,
                check.authentication.kind == HttpAuthentication::Kind::Bearer
                    ? AnswerVerdictText::tr("%1: the server does not accept this monitor's token.").arg(line)
                    : AnswerVerdictText::tr(
                          "%1: the server does not accept this monitor's user name and password.")
                          .arg(line)};
    if (exchange.status == kProxyUnauthorized && !check.proxy.isEmpty())
        return {Outcome::AuthRejected,
                AnswerVerdictText::tr("%1: the proxy wants another user name or password.").arg(line)};
    return {Outcome::HttpStatus, line};
}

Verdict certificateVerdict(const HttpCheck &check, const Exchange &exchange, const QString &line)
{
    if (!exchange.certificate || !check.tls.verify)
        return {};
    const int daysLeft = exchange.certificate->daysLeft(exchange.startedAt);
    if (daysLeft >= check.expect.certificateDays)
        return {};
    return {
        Outcome::CertificateExpiring,
        AnswerVerdictText::tr("%1, but the certificate of %2 expires in %n day(s), on %3.", nullptr, daysLeft)
            .arg(line, exchange.certificate->subject,
                 formatTimestamp(exchange.certificate->notAfter).left(10))};
}

} // namespace

QString readableText(const QString &text)
{
    // Cut first: the work stays small whatever came.
    QString shown = text.left(2 * kReasonShown);
    shown.removeIf([](QChar c) { return !c.isPrint() && !c.isSurrogate(); });
    return shown.left(kReasonShown);
}

QString readableText(const QByteArray &bytes)
{
    const QByteArray shown = bytes.left(8 * kReasonShown);
    const QString text = QString::fromUtf8(shown);
    return readableText(text.contains(QChar::ReplacementCharacter) ? QString::fromLatin1(shown) : text);
}

QString statusLine(int status, const QByteArray &reason)
{
    const QString phrase =
        reason.isEmpty() ? QString::fromLatin1(reasonPhrase(status)) : readableText(reason);
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
        return AnswerVerdictText::tr("%1 ms").arg(QLocale().toString(ms, 'f', ms < kDecimalsBelow ? 1 : 0));
    return AnswerVerdictText::tr("%1 s").arg(QLocale().toString(ms / 1000, 'f', 1));
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

Verdict answerVerdict(const HttpCheck &check, const Exchange &exchange, const HttpAnswer &answer)
{
    if (Verdict status = statusVerdict(check, exchange); status.outcome != Outcome::Ok)
        return status;
    if (Verdict content = contentVerdict(check.expect, exchange, answer); content.outcome != Outcome::Ok)
        return content;
    const QString line = statusLine(exchange.status, exchange.reason);
    if (const auto &limit = check.expect.slowAfter; limit && exchange.phases.total > *limit)
        return {Outcome::Slow, AnswerVerdictText::tr("%1 after %2; expected within %3.")
                                   .arg(line, readableTime(exchange.phases.total), readableTime(*limit))};
    if (Verdict expiry = certificateVerdict(check, exchange, line); expiry.outcome != Outcome::Ok)
        return expiry;
    return {Outcome::Ok, line};
}

} // namespace backwatch
