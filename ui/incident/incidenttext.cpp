// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/incidenttext.h"

#include <QDateTime>
#include <QLocale>

namespace backwatch {

QString IncidentText::moment(UtcMs time)
{
    const auto local = QDateTime::fromMSecsSinceEpoch(time);
    //: date and time of day, as Qt's QDateTime::toString() reads it
    return tr("%1 %2").arg(QLocale().toString(local, tr("d MMM yyyy, HH:mm:ss")),
                           local.timeZoneAbbreviation());
}

QString IncidentText::length(milliseconds duration)
{
    const qint64 seconds = std::max<qint64>(0, duration.count() / 1000);
    const qint64 minutes = seconds / 60;
    const qint64 hours = minutes / 60;
    if (hours >= 24)
        return tr("%1 d %2 h").arg(hours / 24).arg(hours % 24);
    if (hours > 0)
        return tr("%1 h %2 min").arg(hours).arg(minutes % 60);
    if (minutes > 0)
        return tr("%1 min %2 s").arg(minutes).arg(seconds % 60);
    return tr("%1 s").arg(seconds);
}

QString IncidentText::milliseconds1(microseconds time)
{
    return tr("%1 ms").arg(QLocale().toString(static_cast<double>(time.count()) / 1000.0, 'f', 1));
}

QString IncidentText::outcome(Outcome outcome, int httpStatus)
{
    switch (outcome) {
    case Outcome::Ok:
        return tr("Answered as expected");
    case Outcome::Partial:
        return tr("Answered only in part");
    case Outcome::Slow:
        return tr("Answered, but slowly");
    case Outcome::DnsNotFound:
        return tr("The name does not exist");
    case Outcome::DnsTimeout:
        return tr("The name servers did not answer in time");
    case Outcome::DnsFailure:
        return tr("The name could not be resolved");
    case Outcome::ConnectRefused:
        return tr("The connection was refused");
    case Outcome::ConnectTimeout:
        return tr("The connection was not established in time");
    case Outcome::Unreachable:
        return tr("The host cannot be reached");
    case Outcome::TlsHandshake:
        return tr("The TLS handshake failed");
    case Outcome::TlsUntrusted:
        return tr("The certificate is not trusted");
    case Outcome::TlsExpired:
        return tr("The certificate has expired");
    case Outcome::TlsNameMismatch:
        return tr("The certificate is for another name");
    case Outcome::CertificateExpiring:
        return tr("The certificate expires soon");
    case Outcome::FirstByteTimeout:
        return tr("Connected, but no answer in time");
    case Outcome::BodyTimeout:
        return tr("The answer did not end in time");
    case Outcome::ClosedEarly:
        return tr("The connection was closed before the answer was complete");
    case Outcome::MalformedResponse:
        return tr("The answer is not valid HTTP");
    case Outcome::TooLarge:
        return tr("The answer is too large");
    case Outcome::RedirectLoop:
        return tr("The redirects lead in a circle");
    case Outcome::HttpStatus:
        return tr("Answered with status %1").arg(httpStatus);
    case Outcome::BodyMismatch:
        return tr("The expected content is missing");
    case Outcome::HeaderMismatch:
        return tr("An expected header is missing or different");
    case Outcome::JsonMismatch:
        return tr("The JSON content is not as expected");
    case Outcome::ProtocolError:
        return tr("The protocol was not kept");
    case Outcome::AuthRejected:
        return tr("The credentials were rejected");
    case Outcome::LocalNetwork:
        return tr("The network of this machine was disturbed");
    case Outcome::Cancelled:
        return tr("The check was cancelled");
    case Outcome::Internal:
        return tr("The check itself failed");
    }
    return {};
}

QString IncidentText::phase(const QString &id)
{
    if (id == u"dns")
        return tr("Name lookup");
    if (id == u"connect")
        return tr("Connecting");
    if (id == u"tls")
        return tr("TLS");
    if (id == u"send")
        return tr("Sending");
    if (id == u"wait")
        return tr("Waiting");
    if (id == u"receive")
        return tr("Receiving");
    return tr("Total time");
}

QString IncidentText::outageClass(OutageClass outageClass)
{
    switch (outageClass) {
    case OutageClass::Outage:
        return tr("outage");
    case OutageClass::Maintenance:
        return tr("maintenance");
    case OutageClass::NotObserved:
        return tr("not observed");
    }
    return {};
}

QString IncidentText::risk(Risk risk)
{
    switch (risk) {
    case Risk::ReadOnly:
        return tr("Read-only");
    case Risk::Reversible:
        return tr("Reversible");
    case Risk::Disruptive:
        return tr("Disruptive");
    }
    return {};
}

QString IncidentText::statusLine(const Exchange &exchange)
{
    if (exchange.status == 0)
        return tr("No answer was received");
    const QString version =
        exchange.httpVersion.isEmpty() ? QStringLiteral("HTTP") : u"HTTP/" + exchange.httpVersion;
    return QString(version + u' ' + QString::number(exchange.status) + u' ' +
                   QString::fromLatin1(exchange.reason))
        .trimmed();
}

} // namespace backwatch
