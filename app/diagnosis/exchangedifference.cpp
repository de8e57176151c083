// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/exchangedifference.h"

#include <QCoreApplication>
#include <QLocale>
#include <QMap>

#include <algorithm>
#include <array>
#include <limits>

namespace backwatch {

namespace {

using Kind = ExchangeChange::Kind;

struct ExchangeWords
{
    Q_DECLARE_TR_FUNCTIONS(ExchangeDifference)
};

// Their values differ from one answer to the next anyway; only their coming and going says something.
constexpr std::array kVolatile{"date",          "age",     "x-varnish",        "x-request-id",  "set-cookie",
                               "cf-ray",        "expires", "x-timer",          "x-runtime",     "x-amz-cf-id",
                               "last-modified", "etag",    "x-amzn-requestid", "content-length"};

QString statusLine(const Exchange &exchange)
{
    if (exchange.status == 0)
        return ExchangeWords::tr("no answer");
    return QString(QString::number(exchange.status) + u' ' + QString::fromLatin1(exchange.reason)).trimmed();
}

QString peer(const Exchange &exchange)
{
    if (exchange.address.isEmpty() || exchange.port == 0)
        return exchange.address;
    return ExchangeWords::tr("%1 port %2").arg(exchange.address).arg(exchange.port);
}

QString certificateText(const std::optional<Certificate> &certificate)
{
    if (!certificate)
        return {};
    return ExchangeWords::tr("%1, issued by %2, until %3")
        .arg(certificate->subject, certificate->issuer, formatTimestamp(certificate->notAfter).left(10));
}

struct Field
{
    QString name;
    QStringList values;
};

QMap<QByteArray, Field> fieldsOf(const HttpHeaders &headers)
{
    QMap<QByteArray, Field> fields;
    for (const auto &header : headers) {
        auto &field = fields[header.name.toLower()];
        field.name = QString::fromLatin1(header.name);
        field.values.append(QString::fromLatin1(header.value));
    }
    return fields;
}

bool isVolatile(const QByteArray &name)
{
    return std::any_of(kVolatile.begin(), kVolatile.end(), [&](const char *known) { return name == known; });
}

void addHeaderChanges(const Exchange &good, const Exchange &failed, QList<ExchangeChange> &changes)
{
    const auto before = fieldsOf(good.responseHeaders);
    const auto after = fieldsOf(failed.responseHeaders);
    const QString comma = QStringLiteral(", ");
    for (auto it = after.begin(); it != after.end(); ++it) {
        const auto old = before.constFind(it.key());
        if (old == before.end())
            changes.append({Kind::HeaderAdded, it->name, {}, it->values.join(comma)});
        else if (old->values != it->values && !isVolatile(it.key()))
            changes.append({Kind::HeaderChanged, it->name, old->values.join(comma), it->values.join(comma)});
    }
    for (auto it = before.begin(); it != before.end(); ++it)
        if (!after.contains(it.key()))
            changes.append({Kind::HeaderRemoved, it->name, it->values.join(comma), {}});
}

QString bytesText(qint64 bytes)
{
    constexpr qint64 kMost = std::numeric_limits<int>::max();
    return ExchangeWords::tr("%Ln byte(s)", nullptr, static_cast<int>(std::min(bytes, kMost)));
}

QString milliseconds1(microseconds time)
{
    return ExchangeWords::tr("%1 ms").arg(
        QLocale().toString(static_cast<double>(time.count()) / 1000.0, 'f', 1));
}

void addPhase(const QString &name, std::optional<microseconds> good, std::optional<microseconds> failed,
              QList<ExchangeChange> &changes)
{
    constexpr microseconds kNoise{20'000};
    if (good && failed) {
        const auto low = std::min(*good, *failed);
        const auto high = std::max(*good, *failed);
        if (high - low < kNoise || high < 2 * low)
            return;
    } else if (good.value_or(microseconds{0}) < kNoise && failed.value_or(microseconds{0}) < kNoise) {
        return;
    }
    changes.append({Kind::Phase, name, good ? milliseconds1(*good) : QString(),
                    failed ? milliseconds1(*failed) : QString()});
}

void addPhases(const Phases &good, const Phases &failed, QList<ExchangeChange> &changes)
{
    addPhase(QStringLiteral("dns"), good.dns, failed.dns, changes);
    addPhase(QStringLiteral("connect"), good.connect, failed.connect, changes);
    addPhase(QStringLiteral("tls"), good.tls, failed.tls, changes);
    addPhase(QStringLiteral("send"), good.send, failed.send, changes);
    addPhase(QStringLiteral("wait"), good.wait, failed.wait, changes);
    addPhase(QStringLiteral("receive"), good.receive, failed.receive, changes);
    addPhase(QStringLiteral("total"), good.total, failed.total, changes);
}

void addIfDifferent(Kind kind, const QString &before, const QString &after, QList<ExchangeChange> &changes)
{
    if (before != after)
        changes.append({kind, {}, before, after});
}

} // namespace

QList<ExchangeChange> exchangeDifference(const Exchange &good, const Exchange &failed)
{
    QList<ExchangeChange> changes;
    addIfDifferent(Kind::Status, statusLine(good), statusLine(failed), changes);
    if (!failed.address.isEmpty())
        addIfDifferent(Kind::Address, peer(good), peer(failed), changes);
    if (failed.certificate)
        addIfDifferent(Kind::Certificate, certificateText(good.certificate),
                       certificateText(failed.certificate), changes);
    if (failed.status != 0) {
        addIfDifferent(Kind::HttpVersion, good.httpVersion, failed.httpVersion, changes);
        addHeaderChanges(good, failed, changes);
    }
    addPhases(good.phases, failed.phases, changes);
    if (failed.status != 0 && good.bodySize != failed.bodySize) {
        changes.append({Kind::BodySize, {}, bytesText(good.bodySize), bytesText(failed.bodySize)});
    }
    return changes;
}

} // namespace backwatch
