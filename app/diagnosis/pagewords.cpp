// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/pagewords.h"

#include "app/diagnosis/matcher.h"

#include <algorithm>
#include <array>
#include <vector>

namespace backwatch {

namespace {

struct WordRule
{
    CauseKind kind;
    const char *pattern;
};

// In order: the more particular first. In the languages in which such pages are mostly written.
constexpr std::array kWordRules{
    WordRule{
        CauseKind::DatabaseDown,
        "(?i)SQLSTATE\\[[0-9A-Z]{2,5}\\]|(?:error (?:establishing|connecting to)|(?:cannot|can't|can "
        "not|could "
        "not|unable to|failed to) "
        "connect to|lost connection to|no connection to|reach|access) (?:a |the |our |its )?(?:MySQL|MariaDB|"
        "PostgreSQL|"
        "database)|database (?:connection )?(?:error|failed|is (?:down|unavailable|not "
        "available)|unavailable)|database (?:is )?not (?:available|reachable)|too many connections|"
        "Datenbank(?:fehler|verbindung)|"
        // The port of PostgreSQL, MySQL or MongoDB beside the system's word for a connection that failed.
        "(?:refused|timed? ?out)[^<\\r\\n]{0,60}:(?:5432|3306|27017)\\b|"
        ":(?:5432|3306|27017)\\b[^<\\r\\n]{0,60}(?:refused|timed? ?out)"},
    WordRule{CauseKind::HostingLimit,
             "(?i)resource limit is reached|bandwidth limit exceeded|account (?:has been )?suspended"},
    WordRule{CauseKind::RateLimited,
             "(?i)too many requests|rate.limit(?:ed|ing)? |request limit|rate limit exceeded"},
    WordRule{
        CauseKind::Overload,
        "(?i)(?:server|service|site|system|we are|we're) (?:is |are )?(?:currently |temporarily )?(?:too "
        "busy|busy|overloaded|under heavy load|at capacity)|over capacity|queue (?:is )?full|server busy|"
        "überlastet"},
    WordRule{
        CauseKind::Maintenance,
        "(?i)maintenance|(?:be|check) (?:right )?back (?:soon|shortly|in a)|Wartungsarbeiten|Wartungsmodus|"
        "mantenimiento|manutenzione"},
};

} // namespace

std::optional<PageWord> pageWord(const Exchange &exchange)
{
    if (exchange.status < 500)
        return std::nullopt;
    static const auto expressions = [] {
        std::vector<std::pair<CauseKind, QRegularExpression>> all;
        for (const auto &rule : kWordRules)
            all.emplace_back(rule.kind, boundedExpression(QString::fromUtf8(rule.pattern)));
        return all;
    }();
    const QString body =
        QString::fromUtf8(exchange.body.first(std::min<qsizetype>(exchange.body.size(), 16'384)));
    for (const auto &[kind, expression] : expressions) {
        const auto match = expression.match(body);
        if (match.hasMatch())
            return PageWord{kind, match.captured().trimmed()};
    }
    return std::nullopt;
}

} // namespace backwatch
