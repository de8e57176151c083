// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace backwatch {

namespace {

constexpr qint64 kSecond = 1'000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

class Format
{
    Q_DECLARE_TR_FUNCTIONS(Format)
};

QString number(qint64 value)
{
    return QLocale().toString(value);
}

/// Figure and unit must not come apart at the end of a line.
QString joined(QString text)
{
    return text.replace(u' ', QChar(QChar::Nbsp));
}

/// "3 h 5 min", or "3 h" when the smaller part is nothing.
QString pair(const QString &large, qint64 smallValue, const QString &small)
{
    return smallValue == 0 ? large : QString(large + QChar::Nbsp + small);
}

} // namespace

QString durationText(milliseconds duration)
{
    const qint64 ms = std::max<qint64>(0, duration.count());
    //: Durations: seconds, minutes, hours, days. %1 is a number.
    const auto seconds = [](qint64 n) { return joined(Format::tr("%1 s").arg(number(n))); };
    const auto minutes = [](qint64 n) { return joined(Format::tr("%1 min").arg(number(n))); };
    const auto hours = [](qint64 n) { return joined(Format::tr("%1 h").arg(number(n))); };
    const auto days = [](qint64 n) { return joined(Format::tr("%1 d").arg(number(n))); };
    if (ms < kMinute)
        return seconds(ms / kSecond);
    if (ms < kHour)
        return minutes(ms / kMinute);
    if (ms < kDay) {
        const qint64 rest = ms % kHour / kMinute;
        return pair(hours(ms / kHour), rest, minutes(rest));
    }
    const qint64 rest = ms / kDay < 7 ? ms % kDay / kHour : 0;
    return pair(days(ms / kDay), rest, hours(rest));
}

QString agoText(UtcMs then, UtcMs now)
{
    if (now - then < kSecond)
        return Format::tr("now");
    //: How long ago something was; %1 is a duration such as "4 s".
    return Format::tr("%1 ago").arg(durationText(milliseconds(now - then)));
}

QString latencyText(microseconds latency)
{
    const QLocale locale;
    const double ms = static_cast<double>(latency.count()) / 1000;
    if (ms < 0.95)
        return joined(Format::tr("%1 ms").arg(locale.toString(ms, 'f', 1)));
    if (ms < 999.5)
        return joined(Format::tr("%1 ms").arg(locale.toString(ms, 'f', 0)));
    const double s = ms / 1000;
    return joined(Format::tr("%1 s").arg(locale.toString(s, 'f', s < 9.95 ? 1 : 0)));
}

QString shareText(double share)
{
    const QLocale locale;
    //: A percentage; the space becomes a no-break space.
    const QString pattern = joined(Format::tr("%1 %"));
    if (share >= 1)
        return pattern.arg(locale.toString(100));
    // A whisker is added, or 0.9995 would come out as 99.94 for the nature of binary fractions.
    const double hundredths = std::floor(std::max(0.0, share) * 10'000 + 1e-6);
    return pattern.arg(locale.toString(hundredths / 100, 'f', 2));
}

QString stateWord(State state)
{
    switch (state) {
    case State::NotObserved:
        return Format::tr("Not observed");
    case State::Up:
        return Format::tr("Up");
    case State::Degraded:
        return Format::tr("Degraded");
    case State::Suspect:
        return Format::tr("Suspect");
    case State::Down:
        return Format::tr("Down");
    case State::Unreachable:
        return Format::tr("Unreachable");
    case State::Maintenance:
        return Format::tr("Maintenance");
    case State::Paused:
        return Format::tr("Paused");
    }
    return {};
}

QString stateSinceText(State state, milliseconds duration)
{
    //: %1 is a state such as "Down", %2 a duration such as "4 min".
    return Format::tr("%1 for %2").arg(stateWord(state), durationText(duration));
}

QString answerWord(const Sample &sample)
{
    if (sample.httpStatus != 0)
        return QString::number(sample.httpStatus);
    switch (sample.outcome) {
    case Outcome::DnsNotFound:
    case Outcome::DnsTimeout:
    case Outcome::DnsFailure:
        //: One word on a tile: the name could not be resolved.
        return Format::tr("no DNS");
    case Outcome::ConnectRefused:
        return Format::tr("refused");
    case Outcome::ConnectTimeout:
    case Outcome::FirstByteTimeout:
    case Outcome::BodyTimeout:
        return Format::tr("timeout");
    case Outcome::Unreachable:
        return Format::tr("no route");
    case Outcome::TlsHandshake:
    case Outcome::TlsUntrusted:
    case Outcome::TlsExpired:
    case Outcome::TlsNameMismatch:
        return Format::tr("TLS");
    case Outcome::ClosedEarly:
        return Format::tr("closed");
    case Outcome::MalformedResponse:
    case Outcome::ProtocolError:
        return Format::tr("garbled");
    case Outcome::RedirectLoop:
        return Format::tr("loop");
    case Outcome::AuthRejected:
        return Format::tr("login");
    case Outcome::LocalNetwork:
        //: One word on a tile: this machine's own network is gone.
        return Format::tr("offline");
    default:
        return judgementOf(sample.outcome) == Judgement::Good ? Format::tr("ok") : Format::tr("no answer");
    }
}

QString clockText(UtcMs now, const QTimeZone &zone)
{
    const QTime time = QDateTime::fromMSecsSinceEpoch(now, zone).time();
    return QLocale().toString(time, QLocale::ShortFormat);
}

QString zoneText(UtcMs now, const QTimeZone &zone)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(now, zone);
    const int minutes = moment.offsetFromUtc() / 60;
    const QString offset = QStringLiteral("UTC%1%2:%3")
                               .arg(minutes < 0 ? QChar(0x2212) : u'+')
                               .arg(std::abs(minutes) / 60, 2, 10, QChar(u'0'))
                               .arg(std::abs(minutes) % 60, 2, 10, QChar(u'0'));
    const QString name = moment.timeZoneAbbreviation();
    if (minutes == 0 && (name.isEmpty() || name == QStringLiteral("UTC")))
        return QStringLiteral("UTC");
    return name.isEmpty() || name.startsWith(u"UTC") ? offset : QString(name + u" (" + offset + u')');
}

} // namespace backwatch
