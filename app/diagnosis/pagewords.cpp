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
        "too many clients already|\\b(?:db|database)(?: is)? (?:down|unavailable)\\b|"
        "\"(?:db|database)\":\\s?\"(?:down|unavailable|error|unhealthy|disconnected)\"|"
        "Datenbank(?:fehler|verbindung)|"
        // The port of PostgreSQL, MySQL or MongoDB beside the system's word for a connection that failed.
        "(?:refused|timed? ?out)[^<\\r\\n]{0,60}:(?:5432|3306|27017)\\b|"
        ":(?:5432|3306|27017)\\b[^<\\r\\n]{0,60}(?:refused|timed? ?out)"},
    // What the libraries of Node.js, Go, Python and Java say of a connection that they could not use.
    WordRule{CauseKind::UpstreamUnresolved,
             "\\bENOTFOUND\\b|\\bEAI_AGAIN\\b|(?i)\\bno such host\\b|name or service not known|temporary "
             "failure in name resolution|UnknownHostException|could not resolve host"},
    WordRule{CauseKind::UpstreamTls,
             "\\b(?:CERT_HAS_EXPIRED|ERR_TLS_CERT_ALTNAME_INVALID|UNABLE_TO_VERIFY_LEAF_SIGNATURE|"
             "DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)\\b|(?i)\\bself[- ]signed certificate\\b|"
             "\\bx509: |certificate (?:has expired|verify failed)|SSLHandshakeException"},
    WordRule{CauseKind::UpstreamUnreachable,
             "\\b(?:EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)\\b|(?i)no route to host|network is "
             "unreachable|dial tcp [^<\\s]{1,80}: i/o timeout"},
    WordRule{CauseKind::UpstreamRefused, "\\bECONNREFUSED\\b|(?i)\\bconnection refused\\b"},
    WordRule{
        CauseKind::UpstreamTimeout,
        "\\b(?:ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_(?:HEADERS|BODY)_TIMEOUT|FST_REPLY_FROM_GATEWAY_TIMEOUT)\\b|"
        "(?i)timeout awaiting response headers|context deadline exceeded|SocketTimeoutException|"
        "\\bread timed out\\b"},
    WordRule{CauseKind::UpstreamInvalid,
             "\\bHPE_[A-Z_]{3,40}\\b|Parse Error: Expected HTTP/|(?i)malformed HTTP (?:response|status)|"
             "BadStatusLine|Response does not match the HTTP/1\\.1 protocol"},
    WordRule{CauseKind::UpstreamClosed,
             "\\b(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)\\b|(?i)\\bsocket hang up\\b|other side "
             "closed|connection reset "
             "by peer|RemoteDisconnected|ServerDisconnected|\\bunexpected EOF\\b|error: EOF\\s*\\z"},
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
        "\\bWartung\\b|mantenimiento|manutenzione|manuten[çc][ãa]o|onderhoud|przerwa "
        "techniczna|технически[ех] "
        "работ|メンテナンス|维护|維護"},
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
