// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/causewords.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

struct CauseWords
{
    CauseKind kind;
    const char *name;
    const char *sentence;
    const char *disproof;
};

// In the order of CauseKind.
constexpr std::array kWords{
    CauseWords{CauseKind::UpstreamRefused, QT_TRANSLATE_NOOP("CauseWords", "Connection refused"),
               QT_TRANSLATE_NOOP("CauseWords", "what should answer refuses connections"),
               QT_TRANSLATE_NOOP("CauseWords",
                                 "A connection to that address and port is accepted at the same time.")},
    CauseWords{CauseKind::UpstreamUnreachable, QT_TRANSLATE_NOOP("CauseWords", "Not reachable"),
               QT_TRANSLATE_NOOP("CauseWords", "what should answer cannot be reached on the network"),
               QT_TRANSLATE_NOOP("CauseWords",
                                 "A connection from the machine in front to that address is made or refused "
                                 "at once.")},
    CauseWords{CauseKind::UpstreamTimeout, QT_TRANSLATE_NOOP("CauseWords", "Did not answer in time"),
               QT_TRANSLATE_NOOP("CauseWords", "what stands behind it did not answer in time"),
               QT_TRANSLATE_NOOP("CauseWords",
                                 "The same request sent directly to the service behind is answered well "
                                 "within the time-out.")},
    CauseWords{CauseKind::UpstreamClosed, QT_TRANSLATE_NOOP("CauseWords", "Connection closed early"),
               QT_TRANSLATE_NOOP("CauseWords", "the connection was closed before an answer was complete"),
               QT_TRANSLATE_NOOP("CauseWords",
                                 "The log of the service behind shows that this very request ended with a "
                                 "complete answer.")},
    CauseWords{CauseKind::UpstreamInvalid, QT_TRANSLATE_NOOP("CauseWords", "Invalid answer"),
               QT_TRANSLATE_NOOP("CauseWords", "what answered did not speak proper HTTP"),
               QT_TRANSLATE_NOOP("CauseWords",
                                 "The service behind, asked directly, gives a well-formed HTTP answer.")},
    CauseWords{CauseKind::UpstreamUnhealthy, QT_TRANSLATE_NOOP("CauseWords", "Marked as down"),
               QT_TRANSLATE_NOOP("CauseWords", "health checks have taken every server behind it out of use"),
               QT_TRANSLATE_NOOP("CauseWords", "The status view of the server in front shows at least one "
                                               "server behind it as up.")},
    CauseWords{CauseKind::UpstreamUnresolved, QT_TRANSLATE_NOOP("CauseWords", "Name not resolved"),
               QT_TRANSLATE_NOOP("CauseWords", "a name has no address"),
               QT_TRANSLATE_NOOP("CauseWords", "The name resolves on the machine that asks for it.")},
    CauseWords{CauseKind::UpstreamTls, QT_TRANSLATE_NOOP("CauseWords", "TLS failed"),
               QT_TRANSLATE_NOOP("CauseWords", "no trusted TLS connection could be made"),
               QT_TRANSLATE_NOOP("CauseWords", "A TLS handshake with the same name succeeds, with a valid "
                                               "certificate for it.")},
    CauseWords{CauseKind::Overload, QT_TRANSLATE_NOOP("CauseWords", "Overload"),
               QT_TRANSLATE_NOOP("CauseWords", "a part has more to do than it can take"),
               QT_TRANSLATE_NOOP("CauseWords", "Idle workers and an empty queue during the failure.")},
    CauseWords{CauseKind::RateLimited, QT_TRANSLATE_NOOP("CauseWords", "Rate limit"),
               QT_TRANSLATE_NOOP("CauseWords", "a limit on requests turned it away"),
               QT_TRANSLATE_NOOP("CauseWords",
                                 "The same request from another address, or after a pause, fails alike.")},
    CauseWords{CauseKind::Maintenance, QT_TRANSLATE_NOOP("CauseWords", "Maintenance"),
               QT_TRANSLATE_NOOP("CauseWords", "somebody switched it to maintenance"),
               QT_TRANSLATE_NOOP("CauseWords",
                                 "No maintenance page, file or rule is switched on in the server, and nobody "
                                 "works on it.")},
    CauseWords{CauseKind::DatabaseDown, QT_TRANSLATE_NOOP("CauseWords", "Database does not serve"),
               QT_TRANSLATE_NOOP("CauseWords", "the application gets nothing from its database"),
               QT_TRANSLATE_NOOP("CauseWords",
                                 "A login with the application's own database account succeeds from its "
                                 "machine.")},
    CauseWords{
        CauseKind::ApplicationError, QT_TRANSLATE_NOOP("CauseWords", "Error in the application"),
        QT_TRANSLATE_NOOP("CauseWords", "the application failed while it worked on the request"),
        QT_TRANSLATE_NOOP("CauseWords", "The application's log has no error at the time of the request.")},
    CauseWords{CauseKind::Misconfigured, QT_TRANSLATE_NOOP("CauseWords", "Configuration"),
               QT_TRANSLATE_NOOP("CauseWords", "the configuration does not fit the request"),
               QT_TRANSLATE_NOOP("CauseWords", "The configuration test passes and nothing in it has changed "
                                               "since the last good answer.")},
    CauseWords{CauseKind::StoredError, QT_TRANSLATE_NOOP("CauseWords", "Stored error"),
               QT_TRANSLATE_NOOP("CauseWords", "a cache gives out an error that it has stored"),
               QT_TRANSLATE_NOOP("CauseWords", "The same address with a query that no cache has seen fails "
                                               "alike.")},
    CauseWords{CauseKind::HostingLimit, QT_TRANSLATE_NOOP("CauseWords", "Limit of the hosting plan"),
               QT_TRANSLATE_NOOP("CauseWords", "a limit of the hosting plan is reached"),
               QT_TRANSLATE_NOOP("CauseWords", "The hosting panel shows no limit reached at that time.")},
    CauseWords{CauseKind::Truncated, QT_TRANSLATE_NOOP("CauseWords", "Answer cut short"),
               QT_TRANSLATE_NOOP("CauseWords", "the answer ended before its announced end"),
               QT_TRANSLATE_NOOP("CauseWords", "The same request again gives the whole answer each time.")},
    CauseWords{CauseKind::RedirectLoop, QT_TRANSLATE_NOOP("CauseWords", "Redirect loop"),
               QT_TRANSLATE_NOOP("CauseWords", "redirects lead back to where they began"),
               QT_TRANSLATE_NOOP("CauseWords", "Following the redirects ends at a page.")},
    CauseWords{
        CauseKind::Unknown, QT_TRANSLATE_NOOP("CauseWords", "Unknown"),
        QT_TRANSLATE_NOOP("CauseWords", "what was seen does not tell why"),
        QT_TRANSLATE_NOOP("CauseWords", "The server's own log at the time of the request gives a reason.")},
};

const CauseWords &wordsOf(CauseKind kind)
{
    const auto words = std::find_if(kWords.begin(), kWords.end(),
                                    [kind](const CauseWords &one) { return one.kind == kind; });
    return words == kWords.end() ? kWords.back() : *words;
}

} // namespace

QString disproofOf(CauseKind kind)
{
    return QCoreApplication::translate("CauseWords", wordsOf(kind).disproof);
}

QString causeSentence(CauseKind kind)
{
    return QCoreApplication::translate("CauseWords", wordsOf(kind).sentence);
}

QString causeName(CauseKind kind)
{
    return QCoreApplication::translate("CauseWords", wordsOf(kind).name);
}

QString confidenceName(Confidence value)
{
    switch (value) {
    case Confidence::High:
        return QCoreApplication::translate("CauseWords", "high");
    case Confidence::Medium:
        return QCoreApplication::translate("CauseWords", "medium");
    case Confidence::Low:
        break;
    }
    return QCoreApplication::translate("CauseWords", "low");
}

} // namespace backwatch
