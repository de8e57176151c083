// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/planquestions.h"

#include "app/diagnosis/pageresource.h"

#include <QCoreApplication>
#include <QUrlQuery>

#include <algorithm>

namespace backwatch {

namespace {

struct QuestionText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::Question)
};

constexpr qsizetype kMostOrigins = 2;
constexpr qsizetype kMostDependencies = 5;
constexpr qsizetype kMostAddresses = 4;
constexpr qsizetype kSecondRepeatAt = 5;

/// One request, judged by whether it works at all: what only degrades is no failure here.
HttpCheck plain(HttpCheck check)
{
    check.followRedirects = false;
    check.expect.slowAfter.reset();
    check.expect.certificateDays = 0;
    check.expect.status.append({300, 399}); // where it leads to is the next request's affair
    if (check.family == AddressFamily::Both)
        check.family = AddressFamily::Any;
    return check;
}

/// Any answer that is not a server's failure will do: 404 for /favicon.ico comes from one that works.
HttpCheck anyAnswer(HttpCheck check)
{
    check.expect = {};
    check.expect.status = {{200, 499}};
    check.expect.certificateDays = 0;
    return check;
}

/// What is known to one server alone is not told to another.
HttpCheck withoutSecrets(HttpCheck check)
{
    check.headers.clear();
    check.secretHeaders.clear();
    check.authentication = {};
    check.url.setUserInfo({});
    return check;
}

bool mayBeRepeated(const HttpCheck &check)
{
    return check.method == HttpMethod::Get || check.method == HttpMethod::Head ||
           check.method == HttpMethod::Options;
}

Question repeat(const HttpCheck &check)
{
    return {QuestionKind::Repeat,
            {},
            Layer::Unknown,
            plain(check),
            QuestionText::tr("Does the same request still fail?")};
}

Question cacheBuster(const HttpCheck &check, const QString &unique)
{
    HttpCheck busting = plain(check);
    QUrlQuery query(busting.url);
    query.addQueryItem(QStringLiteral("backwatch"), unique);
    busting.url.setQuery(query);
    busting.headers.append(HttpHeader{"Cache-Control", "no-cache"});
    return {QuestionKind::CacheBuster,
            {},
            Layer::Unknown,
            busting,
            QuestionText::tr("Does it fail too where no cache can have it in store?")};
}

Question staticResource(const HttpCheck &check, const ExchangePtr &lastGood)
{
    HttpCheck asking = anyAnswer(plain(check));
    const auto named = lastGood ? resourceNamedIn(*lastGood) : std::nullopt;
    asking.url = named.value_or(check.url.resolved(QUrl(QStringLiteral("/favicon.ico"))));
    asking.method = HttpMethod::Get;
    Question question{
        QuestionKind::StaticResource, asking.url.path(), Layer::Unknown, asking,
        QuestionText::tr("Is a file that needs no program, %1, still served?").arg(asking.url.path())};
    question.isCertain = named.has_value();
    return question;
}

/// Only where both schemes have their usual ports: no port is asked that nobody named.
std::optional<Question> otherScheme(const HttpCheck &check)
{
    if (check.url.port() != -1 || !check.connectTo.isEmpty())
        return std::nullopt;
    HttpCheck other = anyAnswer(withoutSecrets(plain(check)));
    const bool secure = check.url.scheme() == u"https";
    other.url.setScheme(secure ? QStringLiteral("http") : QStringLiteral("https"));
    if (other.version == HttpVersion::Http2)
        other.version = HttpVersion::Any;
    return Question{QuestionKind::OtherScheme, other.url.scheme(), Layer::Unknown, other,
                    QuestionText::tr("Does it answer over %1?").arg(other.url.scheme())};
}

std::optional<Question> otherVersion(const HttpCheck &check, const ExchangePtr &failed)
{
    const bool spokeHttp2 = (failed && failed->httpVersion == u"2") || check.version == HttpVersion::Http2;
    if (!spokeHttp2)
        return std::nullopt;
    HttpCheck older = plain(check);
    older.version = HttpVersion::Http1;
    return Question{QuestionKind::OtherVersion, QStringLiteral("1.1"), Layer::Unknown, older,
                    QuestionText::tr("Does it fail over HTTP/1.1 too, and what is the reason phrase there?")};
}

Question origin(const HttpCheck &check, const Origin &origin)
{
    HttpCheck direct = plain(check);
    direct.connectTo = origin.connectTo;
    direct.proxy.clear();
    return {QuestionKind::OriginDirect, origin.connectTo, origin.layer, direct,
            QuestionText::tr("What does the server behind say when it is asked directly at %1?")
                .arg(origin.connectTo)};
}

Question address(const HttpCheck &check, const QString &address)
{
    HttpCheck one = plain(check);
    const int port = check.url.port(check.url.scheme() == u"https" ? 443 : 80);
    const QString host = address.contains(u':') ? QString(u'[' + address + u']') : address;
    one.connectTo = QStringLiteral("%1:%2").arg(host).arg(port);
    return {QuestionKind::EachAddress, address, Layer::Unknown, one,
            QuestionText::tr("Does the machine at %1 fail?").arg(address)};
}

/// Passive checks and groups ask nobody.
bool canBeAsked(const CheckSpec &check)
{
    return !std::holds_alternative<PushCheck>(check) && !std::holds_alternative<GroupCheck>(check);
}

Question dependency(const Dependency &dependency)
{
    Question question{QuestionKind::Dependency, dependency.name, dependency.layer, dependency.check,
                      QuestionText::tr("How is “%1” now?").arg(dependency.name)};
    if (auto *http = std::get_if<HttpCheck>(&question.check))
        *http = plain(*http);
    question.asksTarget = false;
    return question;
}

Question vantage(const HttpCheck &check, const QUrl &point)
{
    HttpCheck asking;
    asking.url = point;
    // How long it may try, by default half a second less: a slow answer is one, and its verdict still comes
    // within the time that is waited for any answer.
    asking.headers.append(HttpHeader{"X-Prometheus-Scrape-Timeout-Seconds", "4.5"});
    QUrlQuery query(point);
    if (!query.hasQueryItem(QStringLiteral("module")))
        query.addQueryItem(QStringLiteral("module"), QStringLiteral("http_2xx"));
    query.removeQueryItem(QStringLiteral("target"));
    const QString target =
        check.url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment).toString(QUrl::FullyEncoded);
    // Its own & and = would end the value early.
    query.addQueryItem(QStringLiteral("target"), QString::fromLatin1(QUrl::toPercentEncoding(target)));
    asking.url.setQuery(query);
    return {QuestionKind::SecondVantage, point.host(), Layer::Unknown, plain(asking),
            QuestionText::tr("Does %1 see the same from where it stands?").arg(point.host())};
}

/// Deepest first: whatever stands further out fails with it.
QList<Question> dependencyQuestions(const QuestionSubject &subject)
{
    QList<Dependency> deepest = subject.dependencies;
    deepest.removeIf([](const Dependency &one) { return !canBeAsked(one.check); });
    std::stable_sort(deepest.begin(), deepest.end(), [](const Dependency &a, const Dependency &b) {
        const auto depth = [](Layer layer) { return layer == Layer::Unknown ? -1 : static_cast<int>(layer); };
        return depth(a.layer) > depth(b.layer);
    });
    QList<Question> questions;
    for (const auto &one : std::as_const(deepest))
        if (questions.size() < kMostDependencies)
            questions.append(dependency(one));
    return questions;
}

void planForTarget(const QuestionSubject &subject, const HttpCheck &check, QList<Question> &questions)
{
    const QList<Question> dependencies = questions;
    questions = {repeat(check), cacheBuster(check, subject.unique)};
    for (const auto &one : subject.origins.first(std::min(kMostOrigins, subject.origins.size())))
        questions.append(origin(check, one));
    questions += dependencies;
    questions.append(staticResource(check, subject.lastGood));
    if (subject.addresses.size() > 1 && check.connectTo.isEmpty() && check.proxy.isEmpty())
        for (const auto &one : subject.addresses.first(std::min(kMostAddresses, subject.addresses.size())))
            questions.append(address(check, one));
    // It would look the name up, and not find the server that was asked here.
    if (!subject.vantagePoints.isEmpty() && check.connectTo.isEmpty())
        questions.append(vantage(check, subject.vantagePoints.first()));
    if (const auto older = otherVersion(check, subject.failed))
        questions.append(*older);
    if (const auto other = otherScheme(check))
        questions.append(*other);
    // Once more after the cache-buster: a failure that only comes and goes shows itself. More than a second
    // later an answer out of a store does too: it has the old Date.
    questions.insert(std::min(kSecondRepeatAt, questions.size()), repeat(check));
}

} // namespace

QList<Question> planQuestions(const QuestionSubject &subject)
{
    QList<Question> questions = dependencyQuestions(subject);
    if (const auto *http = std::get_if<HttpCheck>(&subject.check)) {
        if (mayBeRepeated(*http))
            planForTarget(subject, *http, questions);
    } else if (canBeAsked(subject.check)) {
        questions.prepend({QuestionKind::Repeat,
                           {},
                           Layer::Unknown,
                           subject.check,
                           QuestionText::tr("Does the same check still fail?")});
    }
    return questions.first(std::min<qsizetype>(kMostRequests - 1, questions.size()));
}

} // namespace backwatch
