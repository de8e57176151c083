// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/loadquestion.h"

#include "app/load/loadparser.h"
#include "app/load/loadtext.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

constexpr std::chrono::seconds kLoadTimeout{5};

Error because(const LoadSource &source, const QString &sentence)
{
    return {Error::Kind::Unavailable,
            QCoreApplication::translate("LoadQuestion", "%1 at %2 tells no load: %3")
                .arg(loadSourceName(source.kind), source.url.authority(), sentence)};
}

} // namespace

ProbeRequest loadQuestion(const LoadSource &source, quint64 token)
{
    HttpCheck check;
    check.url = source.url;
    check.expect.certificateDays = 0; // monitors see to that
    check.followRedirects = false;
    ProbeRequest request;
    request.token = token;
    request.check = check;
    request.timeout = kLoadTimeout;
    request.keptBody = kMostLoadBytes + 1; // so that a longer one is noticed
    return request;
}

Result<LoadReport> loadAnswer(const LoadSource &source, const CheckResult &result)
{
    const auto judgement = judgementOf(result.sample.outcome);
    const bool good = judgement == Judgement::Good || judgement == Judgement::Degraded;
    if (!good || !result.exchange) {
        const QString &detail = result.sample.detail;
        return tl::make_unexpected(because(source, detail.endsWith(u'.') ? detail : QString(detail + u'.')));
    }
    return parseLoad(source.kind, result.exchange->body).map_error([&source](const Error &error) {
        return because(source, error.sentence);
    });
}

} // namespace backwatch
