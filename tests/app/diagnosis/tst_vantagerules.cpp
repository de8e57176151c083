// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/diagnosis/questionfixture.h"

#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;

/// What a blackbox_exporter elsewhere sees, and what follows from it.
class TestVantageRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secondVantage_data()
    {
        QTest::addColumn<Diagnosis>("before");
        QTest::addColumn<QByteArray>("metrics");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("part");
        const QByteArray good("probe_duration_seconds 0.1\nprobe_success 1\n");
        const QByteArray bad("probe_success 0\nprobe_http_status_code ");
        const auto before = [](int status, Outcome outcome, const QList<CauseKind> &kinds) {
            Diagnosis diagnosis = fetchFailed();
            diagnosis.status = status;
            diagnosis.outcome = outcome;
            diagnosis.causes.clear();
            for (const auto kind : kinds)
                diagnosis.causes += cause(kind);
            return diagnosis;
        };
        using enum CauseKind;
        const auto page = [&](int status, const QList<CauseKind> &kinds) {
            return before(status, Outcome::HttpStatus, kinds);
        };
        const auto silence = [&](Outcome outcome, const QList<CauseKind> &kinds) {
            return before(0, outcome, kinds);
        };
        const QString here = QStringLiteral("client/");
        const QString there = QStringLiteral("web-server/");
        const auto limit = QStringLiteral("rate-limited");
        const auto refused = QStringLiteral("upstream-refused");
        QTest::newRow("good there, perhaps a limit")
            << page(503, {UpstreamRefused, Overload, RateLimited}) << good << limit << here;
        QTest::newRow("good there, forbidden here") << page(403, {Misconfigured}) << good << limit << here;
        QTest::newRow("good there, a page of nobody knows whom")
            << page(503, {Maintenance, Overload}) << good << limit << here;
        QTest::newRow("good there, a gateway that got nothing")
            << page(503, {UpstreamRefused, UpstreamTimeout}) << good << refused << there;
        QTest::newRow("good there, bad gateway") << page(502, {UpstreamRefused}) << good << refused << there;
        QTest::newRow("good there, the text is wrong here")
            << before(200, Outcome::BodyMismatch, {Maintenance}) << good << QStringLiteral("maintenance")
            << there;
        QTest::newRow("good there, refused here")
            << silence(Outcome::ConnectRefused, {UpstreamRefused, Misconfigured}) << good
            << QStringLiteral("upstream-unreachable") << here;
        QTest::newRow("good there, silence here")
            << silence(Outcome::ConnectTimeout, {Overload, UpstreamUnreachable}) << good
            << QStringLiteral("upstream-unreachable") << here;
        QTest::newRow("good there, an expired certificate here")
            << silence(Outcome::TlsExpired, {UpstreamTls}) << good << QStringLiteral("upstream-tls") << there;
        const Diagnosis limited = page(503, {RateLimited, Overload});
        const auto overload = QStringLiteral("overload");
        QTest::newRow("the same there") << limited << bad + "503\n" << overload << there;
        QTest::newRow("another failure there") << limited << bad + "502\n" << overload << there;
        QTest::newRow("no password there") << limited << bad + "401\n" << limit << there;
        QTest::newRow("no way there") << limited << bad + "0\n" << limit << there;
        QTest::newRow("the limit meets everybody") << page(429, {RateLimited, Overload}) << bad + "429\n"
                                                   << limit << there;
        QTest::newRow("no exporter") << limited << QByteArray("<html>probe_success 1</html>") << limit
                                     << there;
        QTest::newRow("another number") << limited << QByteArray("probe_success 2\n") << limit << there;
        QTest::newRow("nothing") << limited << QByteArray() << limit << there;
    }

    void secondVantage()
    {
        QFETCH(Diagnosis, before);
        QFETCH(QByteArray, metrics);
        QFETCH(QString, first);
        QFETCH(QString, part);
        auto there = answer(QuestionKind::SecondVantage, Outcome::Ok, QStringLiteral("blackbox.example"));
        auto exchange = std::make_shared<Exchange>();
        exchange->body = metrics;
        there.result.exchange = exchange;
        const Diagnosis diagnosis = after({repeat(Outcome::HttpStatus), there}, before);
        QVERIFY2(causes(diagnosis).startsWith(first), qPrintable(causes(diagnosis)));
        QCOMPARE(failing(diagnosis), part);
    }

    void whatGoodElsewhereWeighs()
    {
        auto there = answer(QuestionKind::SecondVantage, Outcome::Ok, QStringLiteral("blackbox.example"));
        auto exchange = std::make_shared<Exchange>();
        exchange->body = "probe_success 1\n";
        there.result.exchange = exchange;
        const auto said = [&there](Outcome outcome, const Diagnosis &page) {
            Diagnosis before = page;
            before.outcome = outcome;
            return weights(after({repeat(Outcome::HttpStatus), there}, before));
        };
        QCOMPARE(said(Outcome::ConnectRefused, fetchFailed({CauseKind::UpstreamRefused}, 0)),
                 QStringLiteral("upstream-unreachable+4 upstream-refused-3 overload-3 maintenance-3"));
        QCOMPARE(said(Outcome::ClosedEarly, fetchFailed({CauseKind::UpstreamUnreachable}, 0)),
                 QStringLiteral("upstream-unreachable+1 database-down-3 application-error-3"));
        QCOMPARE(said(Outcome::HttpStatus, fetchFailed({CauseKind::UpstreamTimeout}, 504)),
                 QStringLiteral("database-down-3 maintenance-3"));
        QCOMPARE(said(Outcome::HttpStatus, fetchFailed({CauseKind::RateLimited}, 503)),
                 QStringLiteral("rate-limited+4"));
    }

    void whoIsTurnedAwayIsToldAtOnce()
    {
        Diagnosis before = fetchFailed();
        before.causes.append(cause(CauseKind::RateLimited));
        auto there = answer(QuestionKind::SecondVantage, Outcome::Ok, QStringLiteral("blackbox.example"));
        auto exchange = std::make_shared<Exchange>();
        exchange->body = "probe_success 1\n";
        there.result.exchange = exchange;
        const auto given = {repeat(Outcome::HttpStatus), there};
        QCOMPARE(failing(after(given, before, failedExchange(900ms))), QStringLiteral("client/"));
        QCOMPARE(failing(after(given, before, failedExchange(3s))), QStringLiteral("web-server/"));
    }

    /// It is no witness then, neither for nor against.
    void aVantagePointThatFailsItself()
    {
        Diagnosis before = fetchFailed();
        before.causes.prepend(cause(CauseKind::RateLimited));
        for (const auto outcome : {Outcome::ConnectRefused, Outcome::FirstByteTimeout, Outcome::HttpStatus}) {
            auto there = answer(QuestionKind::SecondVantage, outcome, QStringLiteral("blackbox.example"));
            auto exchange = std::make_shared<Exchange>();
            exchange->body = "Unknown module \"http_2xx\"\n";
            exchange->responseHeaders = {{"Content-Type", "text/plain; charset=utf-8"}};
            there.result.exchange = exchange;
            there.result.sample.detail = QStringLiteral("400 Bad Request");
            const Diagnosis diagnosis = after({repeat(Outcome::HttpStatus), there}, before);
            QCOMPARE(causes(diagnosis), causes(before));
            QCOMPARE(failing(diagnosis), failing(before));
            const QString said = diagnosis.questions.last().answer;
            QVERIFY2(said.startsWith(QStringLiteral("The exporter itself fails: 400 Bad Request: Unknown "
                                                    "module \"http_2xx\"")),
                     qPrintable(said));
        }
    }

    void aVantagePointTellsNothingOfWhatIsOver()
    {
        auto there = answer(QuestionKind::SecondVantage, Outcome::Ok, QStringLiteral("blackbox.example"));
        auto exchange = std::make_shared<Exchange>();
        exchange->body = "probe_success 1\n";
        there.result.exchange = exchange;
        const auto over = after({repeat(Outcome::Ok)});
        QCOMPARE(causes(after({repeat(Outcome::Ok), there})), causes(over));
        QCOMPARE(failing(after({repeat(Outcome::Ok), there})), failing(over));
    }
};

QTEST_GUILESS_MAIN(TestVantageRules)
#include "tst_vantagerules.moc"
