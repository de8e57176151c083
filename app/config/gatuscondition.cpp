// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/gatusimport.h"
#include "app/config/httpimport.h"

#include <QRegularExpression>

namespace backwatch {

namespace {

struct Condition
{
    QString left;
    QString test; ///< "==", "<", …
    QString right;
};

std::optional<Condition> parsed(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("\\A(.+?)\\s*(==|!=|<=|>=|<|>)\\s*(.*)\\z"),
                                          QRegularExpression::DotMatchesEverythingOption);
    const auto match = shape.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    return Condition{match.captured(1), match.captured(2), match.captured(3).trimmed()};
}

/// What stands in "any(…)" or "pat(…)".
std::optional<QString> argumentOf(const QString &function, const QString &text)
{
    if (!text.startsWith(function + u'(') || !text.endsWith(u')'))
        return std::nullopt;
    return text.sliced(function.size() + 1, text.size() - function.size() - 2);
}

/// The codes that fulfil all conditions: what was left after the ones before, cut down by this one.
bool setStatus(const Condition &condition, HttpExpectation *expect, bool isFirst)
{
    const auto list = argumentOf(QStringLiteral("any"), condition.right);
    const QStringList words = list ? list->split(u',') : QStringList{condition.right};
    QList<StatusRange> ranges;
    for (const auto &word : words) {
        bool ok = false;
        const int code = word.trimmed().toInt(&ok);
        if (!ok || code < 100 || code > 599 || (list && condition.test != u"=="))
            return false;
        if (condition.test == u"==")
            ranges += StatusRange{code, code};
        else if (condition.test == u"<" || condition.test == u"<=")
            ranges += StatusRange{100, condition.test == u"<" ? code - 1 : code};
        else if (condition.test == u">" || condition.test == u">=")
            ranges += StatusRange{condition.test == u">" ? code + 1 : code, 599};
        else
            ranges += {StatusRange{100, code - 1}, StatusRange{code + 1, 599}};
    }
    const QList<StatusRange> before = isFirst ? QList<StatusRange>{{100, 599}} : expect->status;
    QList<StatusRange> both;
    for (const auto &old : before)
        for (const auto &range : std::as_const(ranges))
            if (const StatusRange common{qMax(old.from, range.from), qMin(old.to, range.to)};
                common.from <= common.to)
                both += common;
    if (both.isEmpty())
        return false;
    expect->status = both;
    return true;
}

/// "pat(*text*)" is a text that stands in it; other patterns are regular expressions of the whole.
bool setBodyPattern(const QString &pattern, bool isThere, HttpExpectation *expect)
{
    const bool inside = pattern.size() > 2 && pattern.startsWith(u'*') && pattern.endsWith(u'*');
    const QString text = inside ? pattern.sliced(1, pattern.size() - 2) : pattern;
    if (inside && !text.contains(u'*')) {
        QString &place = isThere ? expect->bodyContains : expect->bodyLacks;
        if (!place.isEmpty())
            return false;
        place = text;
        return true;
    }
    if (!isThere || !expect->bodyMatches.isEmpty())
        return false;
    QStringList parts;
    for (const auto &part : pattern.split(u'*'))
        parts += QRegularExpression::escape(part);
    expect->bodyMatches = QStringLiteral("^") + parts.join(QStringLiteral("[\\s\\S]*")) + u'$';
    return true;
}

bool setBody(const Condition &condition, HttpExpectation *expect)
{
    const QString path = condition.left.sliced(QStringLiteral("[BODY]").size());
    const auto pattern = argumentOf(QStringLiteral("pat"), condition.right);
    const bool equals = condition.test == u"==";
    if (path.isEmpty()) {
        if (pattern && (equals || condition.test == u"!="))
            return setBodyPattern(*pattern, equals, expect);
        if (pattern || argumentOf(QStringLiteral("any"), condition.right) || !equals ||
            condition.right.isEmpty() || !expect->bodyMatches.isEmpty())
            return false;
        expect->bodyMatches =
            QStringLiteral("^\\s*") + QRegularExpression::escape(condition.right) + QStringLiteral("\\s*$");
        return true;
    }
    if (pattern || condition.right.contains(u'('))
        return false;
    const auto json = importedJson(QString(u'$' + path), condition.test, condition.right);
    if (json)
        expect->json += *json;
    return json.has_value();
}

bool setHas(const QString &argument, const Condition &condition, HttpExpectation *expect)
{
    const bool wanted = (condition.right == u"true") == (condition.test == u"==");
    if (!argument.startsWith(QStringLiteral("[BODY].")) || !wanted)
        return false;
    auto json = importedJson(QString(u'$' + argument.sliced(QStringLiteral("[BODY]").size())), {}, {});
    if (!json)
        return false;
    json->test = JsonExpectation::Test::Exists;
    json->value.clear();
    expect->json += *json;
    return true;
}

bool setCertificate(const Condition &condition, int *days)
{
    const auto left = parseDuration(condition.right);
    if (!left || (condition.test != u">" && condition.test != u">="))
        return false;
    constexpr qint64 kDayMs = 86'400'000;
    *days = static_cast<int>(qBound(qint64(1), (left->count() + kDayMs - 1) / kDayMs, qint64(3'650)));
    return true;
}

bool setSlow(const Condition &condition, CheckSpec *check)
{
    bool ok = false;
    const int ms = condition.right.toInt(&ok);
    if (!ok || ms <= 0 || (condition.test != u"<" && condition.test != u"<="))
        return false;
    return std::visit(
        [ms](auto &kind) {
            if constexpr (requires { kind.expect.slowAfter; })
                kind.expect.slowAfter = milliseconds(ms);
            else if constexpr (requires { kind.slowAfter; })
                kind.slowAfter = milliseconds(ms);
            else
                return false;
            return true;
        },
        *check);
}

bool setDns(const Condition &condition, DnsCheck *dns)
{
    if (condition.left == u"[DNS_RCODE]")
        return condition.test == u"==" && condition.right == u"NOERROR"; // a check fails on anything else
    if (condition.left != u"[BODY]" || condition.test != u"==" || condition.right.contains(u'('))
        return false;
    dns->expect += condition.right;
    return true;
}

} // namespace

bool addGatusCondition(const QString &text, CheckSpec *check)
{
    const auto condition = parsed(text);
    if (!condition)
        return false;
    if (condition->left == u"[CONNECTED]") // what every check asks
        return (condition->right == u"true") == (condition->test == u"==");
    if (condition->left == u"[RESPONSE_TIME]")
        return setSlow(*condition, check);
    if (auto *dns = std::get_if<DnsCheck>(check))
        return setDns(*condition, dns);
    if (auto *tls = std::get_if<TlsCheck>(check))
        return condition->left == u"[CERTIFICATE_EXPIRATION]" &&
               setCertificate(*condition, &tls->certificateDays);
    auto *http = std::get_if<HttpCheck>(check);
    if (!http)
        return false;
    if (condition->left == u"[STATUS]")
        return setStatus(*condition, &http->expect, http->expect.status == successRange());
    if (condition->left == u"[CERTIFICATE_EXPIRATION]")
        return setCertificate(*condition, &http->expect.certificateDays);
    if (condition->left == u"[BODY]" || condition->left.startsWith(QStringLiteral("[BODY].")) ||
        condition->left.startsWith(QStringLiteral("[BODY][")))
        return setBody(*condition, &http->expect);
    const auto has = argumentOf(QStringLiteral("has"), condition->left);
    return has && setHas(*has, *condition, &http->expect);
}

} // namespace backwatch
