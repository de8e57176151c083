// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/placeholders.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QUrl>

namespace backwatch {

namespace {

const QRegularExpression &placeholderShape()
{
    static const QRegularExpression shape(QStringLiteral("\\{([a-z]+)\\}"));
    return shape;
}

QString journalTime(UtcMs time)
{
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) +
           u" UTC";
}

// How the shell reads the place after a text: bare, in '…' or in "…".
QChar openQuoteAfter(QStringView text, QChar quote)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'\\' && quote != u'\'')
            ++i;
        else if (quote.isNull() && (c == u'\'' || c == u'"'))
            quote = c;
        else if (c == quote)
            quote = {};
    }
    return quote;
}

QString insideSingleQuotes(QString value)
{
    return value.replace(u'\'', QStringLiteral("'\\''"));
}

} // namespace

QString shellWord(const QString &value)
{
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z0-9_./:@%+=,-]+\\z"));
    // A word that starts with a dash would be read as an option; quotes do not help there, but no value here
    // can: hosts, URLs, numbers and times never start so.
    if (plain.match(value).hasMatch())
        return value;
    return u'\'' + insideSingleQuotes(value) + u'\'';
}

Placeholders::Placeholders(const Incident &incident, const Exchange *exchange)
{
    constexpr UtcMs kFiveMinutes = 300'000;
    m_values.insert(QStringLiteral("time"), journalTime(incident.openedAt));
    m_values.insert(QStringLiteral("since"), journalTime(incident.openedAt - kFiveMinutes));
    if (incident.httpStatus > 0)
        m_values.insert(QStringLiteral("status"), QString::number(incident.httpStatus));
    static const QRegularExpression number(QStringLiteral("\\A[0-9]{1,20}\\z"));
    for (const auto &reference : incident.references)
        if (reference.kind == u"xid" && number.match(reference.value).hasMatch())
            m_values.insert(QStringLiteral("xid"), reference.value);
    if (!exchange)
        return;
    const auto insert = [this](const QString &name, const QString &value) {
        static const QRegularExpression control(QStringLiteral("[\\x00-\\x20\\x7f]"));
        if (!value.isEmpty() && !value.startsWith(u'-') && !value.contains(control))
            m_values.insert(name, value);
    };
    QUrl url = exchange->url;
    url.setUserInfo({});
    insert(QStringLiteral("url"), QString::fromLatin1(url.toEncoded(QUrl::RemoveFragment)));
    insert(QStringLiteral("host"), QString::fromLatin1(QUrl::toAce(url.host())).isEmpty()
                                       ? url.host()
                                       : QString::fromLatin1(QUrl::toAce(url.host())));
    const QString path = url.path(QUrl::FullyEncoded);
    insert(QStringLiteral("path"), path.isEmpty() ? QStringLiteral("/") : path);
    insert(QStringLiteral("address"), exchange->address);
    const int port = exchange->port ? exchange->port : url.port(url.scheme() == u"https" ? 443 : 80);
    insert(QStringLiteral("port"), QString::number(port));
}

const QStringList &Placeholders::names()
{
    static const QStringList names{
        QStringLiteral("url"),     QStringLiteral("host"),  QStringLiteral("path"),
        QStringLiteral("address"), QStringLiteral("port"),  QStringLiteral("status"),
        QStringLiteral("time"),    QStringLiteral("since"), QStringLiteral("xid")};
    return names;
}

QStringList Placeholders::usedIn(const QString &text)
{
    QStringList found;
    auto matches = placeholderShape().globalMatch(text);
    while (matches.hasNext())
        found.append(matches.next().captured(1));
    return found;
}

QString Placeholders::fillText(const QString &text) const
{
    QString filled;
    qsizetype done = 0;
    auto matches = placeholderShape().globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        filled += QStringView(text).sliced(done, match.capturedStart() - done);
        filled += m_values.value(match.captured(1), QStringLiteral("…"));
        done = match.capturedEnd();
    }
    return filled + QStringView(text).sliced(done);
}

std::optional<QString> Placeholders::fillCommand(const QString &command) const
{
    QString filled;
    qsizetype done = 0;
    QChar quote;
    auto matches = placeholderShape().globalMatch(command);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const auto value = m_values.constFind(match.captured(1));
        if (value == m_values.cend())
            return std::nullopt;
        const auto between = QStringView(command).sliced(done, match.capturedStart() - done);
        quote = openQuoteAfter(between, quote);
        filled += between;
        filled += quote.isNull() ? shellWord(*value) : insideSingleQuotes(*value);
        done = match.capturedEnd();
    }
    return filled + QStringView(command).sliced(done);
}

bool placeholdersAreQuotable(const QString &command)
{
    QChar quote;
    qsizetype done = 0;
    auto matches = placeholderShape().globalMatch(command);
    while (matches.hasNext()) {
        const auto match = matches.next();
        quote = openQuoteAfter(QStringView(command).sliced(done, match.capturedStart() - done), quote);
        if (quote == u'"')
            return false;
        done = match.capturedEnd();
    }
    return true;
}

} // namespace backwatch
