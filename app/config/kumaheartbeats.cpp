// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/kumaheartbeats.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QSet>
#include <QSqlError>
#include <QSqlQuery>

#include <array>

namespace backwatch {

namespace {

using namespace std::chrono_literals;

constexpr qint64 kHourMs = 3'600'000;
constexpr qint64 kDayMs = 24 * kHourMs;

/// "2024-03-01 12:00:00.123" in UTC, or milliseconds.
UtcMs momentOf(const QVariant &value)
{
    if (value.typeId() != QMetaType::QString)
        return value.toLongLong();
    QString text = value.toString().trimmed();
    if (text.size() > 10 && text.at(10) == u' ')
        text[10] = u'T';
    return parseTimestamp(text).value_or(0);
}

struct Phrase
{
    const char *text;
    Outcome outcome;
};

// Of Node.js, its HTTP client and OpenSSL; the first one that stands in the message counts.
constexpr std::array kPhrases{
    Phrase{"ENOTFOUND", Outcome::DnsNotFound},
    Phrase{"ENODATA", Outcome::DnsNotFound},
    Phrase{"EAI_AGAIN", Outcome::DnsFailure},
    Phrase{"ESERVFAIL", Outcome::DnsFailure},
    Phrase{"ECONNREFUSED", Outcome::ConnectRefused},
    Phrase{"EHOSTUNREACH", Outcome::Unreachable},
    Phrase{"ENETUNREACH", Outcome::Unreachable},
    Phrase{"ETIMEDOUT", Outcome::ConnectTimeout},
    Phrase{"ECONNRESET", Outcome::ClosedEarly},
    Phrase{"socket hang up", Outcome::ClosedEarly},
    Phrase{"EPIPE", Outcome::ClosedEarly},
    Phrase{"certificate has expired", Outcome::TlsExpired},
    Phrase{"altnames", Outcome::TlsNameMismatch},
    Phrase{"self-signed certificate", Outcome::TlsUntrusted},
    Phrase{"self signed certificate", Outcome::TlsUntrusted},
    Phrase{"unable to verify", Outcome::TlsUntrusted},
    Phrase{"local issuer certificate", Outcome::TlsUntrusted},
    Phrase{"EPROTO", Outcome::TlsHandshake},
    Phrase{"SSL routines", Outcome::TlsHandshake},
    Phrase{"redirects exceeded", Outcome::RedirectLoop},
    Phrase{"Parse Error", Outcome::MalformedResponse},
    Phrase{"JSON query", Outcome::JsonMismatch},
    Phrase{"keyword", Outcome::BodyMismatch},
    Phrase{"timeout", Outcome::FirstByteTimeout},
    Phrase{"timed out", Outcome::FirstByteTimeout},
    Phrase{"aborted", Outcome::FirstByteTimeout},
    Phrase{"packet loss", Outcome::ConnectTimeout},
};

/// When it watched, as far as it still knows: version 2 forgets most beats after a day and keeps averages.
class WatchedHours
{
public:
    Result<void> read(const KumaDatabase &kuma, qint64 monitor)
    {
        for (const auto &[table, width] :
             {std::pair("stat_hourly", kHourMs), std::pair("stat_daily", kDayMs)}) {
            if (!kuma.hasTable(QLatin1String(table)))
                continue;
            const auto rows = kuma.rows(
                QStringLiteral("SELECT timestamp FROM %1 WHERE monitor_id = ?").arg(QLatin1String(table)),
                {monitor});
            if (!rows)
                return tl::make_unexpected(rows.error());
            for (const auto &row : *rows)
                (width == kHourMs ? m_hours : m_days).insert(row.number("timestamp") * 1'000 / width);
        }
        return {};
    }

    bool contains(qint64 hour) const
    {
        return m_hours.contains(hour) || (!hasHoursOf(hour) && m_days.contains(hour / 24));
    }

    /// The parts of that time that it did not watch.
    QList<TimeSpan> missing(UtcMs from, UtcMs to) const
    {
        if (m_hours.isEmpty() && m_days.isEmpty())
            return {{from, to}};
        constexpr qint64 kMostHours = 24 * 366 * 10;
        QList<TimeSpan> gaps;
        const qint64 first = from / kHourMs;
        const qint64 last = qMin((to - 1) / kHourMs, first + kMostHours);
        for (qint64 hour = first; hour <= last; ++hour) {
            if (contains(hour))
                continue;
            const TimeSpan span{qMax(from, hour * kHourMs), qMin(to, (hour + 1) * kHourMs)};
            if (!gaps.isEmpty() && gaps.last().to == span.from)
                gaps.last().to = span.to;
            else
                gaps += span;
        }
        return gaps;
    }

private:
    /// Days stand for hours only where no hour of that day is kept.
    bool hasHoursOf(qint64 hour) const
    {
        const qint64 day = hour / 24;
        for (qint64 i = 0; i < 24; ++i)
            if (m_hours.contains(day * 24 + i))
                return true;
        return false;
    }

    QSet<qint64> m_hours;
    QSet<qint64> m_days;
};

ImportedSample sampleFrom(const QSqlQuery &row)
{
    constexpr qsizetype kLongestDetail = 300;
    ImportedSample imported;
    Sample &sample = imported.sample;
    sample.startedAt = momentOf(row.value(0));
    const QString message = row.value(2).toString();
    switch (row.value(1).toInt()) {
    case 1:
        imported.verdict = ImportedSample::Verdict::Up;
        break;
    case 2:
        imported.verdict = ImportedSample::Verdict::Pending;
        break;
    case 3:
        imported.verdict = ImportedSample::Verdict::Maintenance;
        break;
    default:
        imported.verdict = ImportedSample::Verdict::Down;
    }
    const bool failed = imported.verdict == ImportedSample::Verdict::Pending ||
                        imported.verdict == ImportedSample::Verdict::Down;
    sample.httpStatus = statusFromMessage(message);
    sample.outcome = failed ? outcomeFromMessage(message) : Outcome::Ok;
    sample.detail = message.simplified().left(kLongestDetail);
    constexpr double kMostMs = 86'400'000;
    sample.phases.total =
        microseconds(static_cast<qint64>(qBound(0.0, row.value(3).toDouble(), kMostMs) * 1'000));
    return imported;
}

} // namespace

int statusFromMessage(const QString &message)
{
    static const QRegularExpression shape(
        QStringLiteral("\\A([1-5][0-9]{2}) - |status code:? ([1-5][0-9]{2})\\b"));
    const auto match = shape.match(message);
    return match.captured(match.hasCaptured(1) ? 1 : 2).toInt();
}

Outcome outcomeFromMessage(const QString &message)
{
    for (const auto &phrase : kPhrases)
        if (message.contains(QLatin1String(phrase.text), Qt::CaseInsensitive))
            return phrase.outcome;
    return statusFromMessage(message) > 0 ? Outcome::HttpStatus : Outcome::ProtocolError;
}

Result<void> eachHeartbeat(const KumaDatabase &kuma, qint64 monitor, UtcMs after, milliseconds interval,
                           const std::function<Result<void>(const ImportedSample &)> &take)
{
    WatchedHours watched;
    if (const auto read = watched.read(kuma, monitor); !read)
        return read;
    // Three beats that are missing are more than a slow one.
    const qint64 longestPause = std::max<milliseconds>(3 * interval, 5min).count();
    QSqlQuery query(kuma.connection());
    query.setForwardOnly(true);
    query.prepare(
        QStringLiteral("SELECT time, status, msg, ping FROM heartbeat WHERE monitor_id = ? ORDER BY time"));
    query.addBindValue(monitor);
    if (!query.exec())
        return kuma.unreadable(query.lastError().databaseText());
    UtcMs before = 0;
    while (query.next()) {
        ImportedSample imported = sampleFrom(query);
        const UtcMs at = imported.sample.startedAt;
        if (at <= after || at <= before)
            continue;
        if (before > 0 && at - before > longestPause)
            imported.unwatched = watched.missing(before + interval.count(), at);
        before = at;
        if (const auto taken = take(imported); !taken)
            return taken;
    }
    if (query.lastError().isValid())
        return kuma.unreadable(query.lastError().databaseText());
    return {};
}

} // namespace backwatch
