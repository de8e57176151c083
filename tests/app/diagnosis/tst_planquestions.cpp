// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/pageresource.h"
#include "app/diagnosis/planquestions.h"

#include <QTest>
#include <QUrlQuery>

using namespace backwatch;

namespace {

QuestionSubject shop(const QString &url = QStringLiteral("https://shop.example/basket?id=7"))
{
    HttpCheck check;
    check.url = QUrl(url);
    QuestionSubject subject;
    subject.check = check;
    subject.unique = QStringLiteral("4711");
    return subject;
}

QStringList idsOf(const QList<Question> &questions)
{
    QStringList ids;
    for (const auto &question : questions)
        ids.append(questionId(question.kind).toString());
    return ids;
}

HttpCheck httpOf(const QList<Question> &questions, QuestionKind kind)
{
    for (const auto &question : questions)
        if (question.kind == kind)
            return std::get<HttpCheck>(question.check);
    return {};
}

ExchangePtr page(const QByteArray &body)
{
    auto exchange = std::make_shared<Exchange>();
    exchange->url = QUrl(QStringLiteral("https://shop.example/basket"));
    exchange->body = body;
    exchange->status = 200;
    return exchange;
}

Dependency dependency(const QString &name, Layer layer, const CheckSpec &check)
{
    return {name, layer, check};
}

} // namespace

class TestPlanQuestions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usualQuestions()
    {
        const auto questions = planQuestions(shop());
        QCOMPARE(idsOf(questions).join(u' '),
                 QStringLiteral("repeat cache-buster static-resource other-scheme repeat"));
        for (const auto &question : questions)
            QVERIFY(!question.sentence.isEmpty());
    }

    void cacheBusterKeepsTheQueryAndIsUnique()
    {
        const HttpCheck busting = httpOf(planQuestions(shop()), QuestionKind::CacheBuster);
        const QUrlQuery query(busting.url);
        QCOMPARE(query.queryItemValue(QStringLiteral("id")), QStringLiteral("7"));
        QCOMPARE(query.queryItemValue(QStringLiteral("backwatch")), QStringLiteral("4711"));
        QCOMPARE(headerValue(busting.headers, "cache-control"), QByteArray("no-cache"));
    }

    void oneQuestionIsOneRequest()
    {
        auto subject = shop();
        std::get<HttpCheck>(subject.check).family = AddressFamily::Both;
        subject.origins = {{QStringLiteral("10.0.0.5:8443"), Layer::WebServer}};
        subject.vantagePoints = {QUrl(QStringLiteral("http://blackbox.example:9115/probe"))};
        for (const auto &question : planQuestions(subject)) {
            const auto &http = std::get<HttpCheck>(question.check);
            QVERIFY(!http.followRedirects);
            QVERIFY(http.family != AddressFamily::Both);
        }
    }

    void neverMoreThanTwelveRequests()
    {
        auto subject = shop();
        for (int i = 0; i < 20; ++i) {
            subject.addresses += QStringLiteral("192.0.2.%1").arg(i);
            subject.origins.append({QStringLiteral("10.0.0.5:%1").arg(8000 + i), Layer::WebServer});
            subject.dependencies.append(
                dependency(QStringLiteral("Part %1").arg(i), Layer::Database, DatabaseCheck{}));
        }
        QCOMPARE(planQuestions(subject).size() + 1, kMostRequests);
    }

    void whatChangesDataIsNotSentAgain()
    {
        for (const HttpMethod method : {HttpMethod::Post, HttpMethod::Put, HttpMethod::Delete}) {
            auto subject = shop();
            std::get<HttpCheck>(subject.check).method = method;
            subject.dependencies = {dependency(QStringLiteral("Database"), Layer::Database, DatabaseCheck{})};
            QCOMPARE(idsOf(planQuestions(subject)), QStringList{QStringLiteral("dependency")});
        }
    }

    void originGetsTheSameHostDirectly()
    {
        auto subject = shop();
        subject.origins = {{QStringLiteral("10.0.0.5:8443"), Layer::WebServer}};
        const HttpCheck direct = httpOf(planQuestions(subject), QuestionKind::OriginDirect);
        QCOMPARE(direct.connectTo, QStringLiteral("10.0.0.5:8443"));
        QCOMPARE(direct.url, QUrl(QStringLiteral("https://shop.example/basket?id=7")));
    }

    void theOtherSchemeLearnsNoSecret()
    {
        auto subject = shop(QStringLiteral("https://user:word@shop.example/"));
        auto &check = std::get<HttpCheck>(subject.check);
        check.authentication.kind = HttpAuthentication::Kind::Bearer;
        check.secretHeaders.append(SecretHeader{"X-Key", {}});
        check.headers.append(HttpHeader{"X-Token", "word"});
        const HttpCheck other = httpOf(planQuestions(subject), QuestionKind::OtherScheme);
        QCOMPARE(other.url, QUrl(QStringLiteral("http://shop.example/")));
        QCOMPARE(other.authentication.kind, HttpAuthentication::Kind::None);
        QVERIFY(other.secretHeaders.isEmpty() && other.headers.isEmpty());
    }

    void noPortIsAskedThatNobodyNamed()
    {
        const auto questions = planQuestions(shop(QStringLiteral("http://shop.example:8080/")));
        QVERIFY(!idsOf(questions).contains(QStringLiteral("other-scheme")));
    }

    void olderVersionOnlyAfterTheNewer()
    {
        auto subject = shop();
        auto failed = std::make_shared<Exchange>();
        failed->httpVersion = QStringLiteral("1.1");
        subject.failed = failed;
        QVERIFY(!idsOf(planQuestions(subject)).contains(QStringLiteral("other-version")));
        failed = std::make_shared<Exchange>();
        failed->httpVersion = QStringLiteral("2");
        subject.failed = failed;
        QCOMPARE(httpOf(planQuestions(subject), QuestionKind::OtherVersion).version, HttpVersion::Http1);
    }

    void eachAddressOfSeveral()
    {
        auto subject = shop();
        subject.addresses = {QStringLiteral("192.0.2.7")};
        QVERIFY(!idsOf(planQuestions(subject)).contains(QStringLiteral("each-address")));
        subject.addresses += QStringLiteral("2001:db8::7");
        QStringList targets;
        for (const auto &question : planQuestions(subject))
            if (question.kind == QuestionKind::EachAddress)
                targets += std::get<HttpCheck>(question.check).connectTo;
        QCOMPARE(targets,
                 (QStringList{QStringLiteral("192.0.2.7:443"), QStringLiteral("[2001:db8::7]:443")}));
    }

    void deepestPartFirstAndNothingPassive()
    {
        auto subject = shop();
        subject.dependencies = {dependency(QStringLiteral("nginx"), Layer::WebServer, TcpCheck{}),
                                dependency(QStringLiteral("job"), Layer::Database, PushCheck{}),
                                dependency(QStringLiteral("all"), Layer::Database, GroupCheck{}),
                                dependency(QStringLiteral("MariaDB"), Layer::Database, DatabaseCheck{}),
                                dependency(QStringLiteral("PHP-FPM"), Layer::Runtime, FastCgiCheck{})};
        QStringList asked;
        for (const auto &question : planQuestions(subject)) {
            if (question.kind != QuestionKind::Dependency)
                continue;
            asked += question.subject;
            QVERIFY(!question.asksTarget);
        }
        QCOMPARE(asked.join(u' '), QStringLiteral("MariaDB PHP-FPM nginx"));
    }

    void theVantagePointIsToldTheTarget()
    {
        auto subject = shop(QStringLiteral("https://user:word@shop.example/basket?id=7&x=1"));
        subject.vantagePoints = {QUrl(QStringLiteral("http://blackbox.example:9115/probe"))};
        const QUrl url = httpOf(planQuestions(subject), QuestionKind::SecondVantage).url;
        QCOMPARE(url.toEncoded(), QByteArray("http://blackbox.example:9115/probe?module=http_2xx&target="
                                             "https%3A%2F%2Fshop.example%2Fbasket%3Fid%3D7%26x%3D1"));
    }

    void theVantagePointKnowsNoServerBehindTheName()
    {
        auto subject = shop();
        subject.vantagePoints = {QUrl(QStringLiteral("http://blackbox.example:9115/probe"))};
        QVERIFY(idsOf(planQuestions(subject)).contains(QStringLiteral("second-vantage")));
        std::get<HttpCheck>(subject.check).connectTo = QStringLiteral("192.0.2.7:80");
        QVERIFY(!idsOf(planQuestions(subject)).contains(QStringLiteral("second-vantage")));
    }

    void anythingElseThanAWebsiteIsAskedAgain()
    {
        QuestionSubject subject;
        subject.check = RedisCheck{};
        QCOMPARE(idsOf(planQuestions(subject)), QStringList{QStringLiteral("repeat")});
    }

    void resources_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("url");
        QTest::newRow("style") << QByteArray("<link href='/a.css?v=1&amp;w=2'>")
                               << QStringLiteral("https://shop.example/a.css?v=1&w=2");
        QTest::newRow("relative") << QByteArray("<img src=\"pictures/a.PNG\">")
                                  << QStringLiteral("https://shop.example/pictures/a.PNG");
        QTest::newRow("first that fits") << QByteArray("<a href='/next'><script src='/x.js'>")
                                         << QStringLiteral("https://shop.example/x.js");
        QTest::newRow("elsewhere") << QByteArray("<script src='https://cdn.example/x.js'>") << QString();
        QTest::newRow("other port") << QByteArray("<script src='//shop.example:8443/x.js'>") << QString();
        QTest::newRow("other scheme") << QByteArray("<img src='http://shop.example/x.png'>") << QString();
        QTest::newRow("a program") << QByteArray("<script src='/x.php'>") << QString();
        QTest::newRow("too long") << "<script src='/" + QByteArray(600, 'x') + ".js'>" << QString();
        QTest::newRow("hostile") << QByteArray(64 * 1024, '"').replace("\"", "src=\"") << QString();
    }

    void resources()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, url);
        const auto found = resourceNamedIn(*page(body));
        QCOMPARE(found ? found->toString(QUrl::FullyEncoded) : QString(), url);
    }

    void aNamedResourceIsCertain()
    {
        auto subject = shop();
        const auto isCertain = [&] {
            for (const auto &question : planQuestions(subject))
                if (question.kind == QuestionKind::StaticResource)
                    return question.isCertain;
            return false;
        };
        QVERIFY(!isCertain());
        subject.lastGood = page("<link href='/a.css'>");
        QVERIFY(isCertain());
    }
};

QTEST_GUILESS_MAIN(TestPlanQuestions)
#include "tst_planquestions.moc"
