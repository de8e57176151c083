// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httpoutcome.h"

#include <QtTest>

#include <openssl/x509_vfy.h>

using namespace backwatch;

class TestHttpOutcome : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCertificateIsToBlameOnlyWhereItCounts_data();
    void aCertificateIsToBlameOnlyWhereItCounts();
    void aConnectionTakenBackWasNotRefused();
};

void TestHttpOutcome::aCertificateIsToBlameOnlyWhereItCounts_data()
{
    QTest::addColumn<bool>("verifies");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("verified") << true << QStringLiteral("tls-untrusted");
    QTest::newRow("taken as it is") << false << QStringLiteral("tls-handshake");
}

/// The handshake broke off after the certificate was shown: a server that cannot sign with its key.
void TestHttpOutcome::aCertificateIsToBlameOnlyWhereItCounts()
{
    QFETCH(bool, verifies);
    HopEnd end;
    end.code = CURLE_SSL_CONNECT_ERROR;
    end.stage = HopStage::Securing;
    end.peer = QStringLiteral("192.0.2.7:25");
    end.certificate.emplace().verifyError = X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT;
    end.verifies = verifies;
    end.libraryText = QStringLiteral("error:0A000438:SSL routines::tlsv1 alert internal error");
    const Verdict verdict = transportVerdict(end);
    QTEST(outcomeId(verdict.outcome).toString(), "outcome");
    QCOMPARE(verdict.detail.contains(QStringLiteral("internal error")), !verifies);
}

/// Who resets what he just accepted may be seen while the connection is made or after it: the same fault either way.
void TestHttpOutcome::aConnectionTakenBackWasNotRefused()
{
    HopEnd end;
    end.code = CURLE_COULDNT_CONNECT;
    end.peer = QStringLiteral("192.0.2.7:25");
    end.systemError = ECONNRESET;
    const Verdict reset = transportVerdict(end);
    QCOMPARE(outcomeId(reset.outcome).toString(), QStringLiteral("closed-early"));
    QVERIFY2(reset.detail.contains(QStringLiteral("192.0.2.7:25 accepted")), qPrintable(reset.detail));
    end.systemError = ECONNREFUSED;
    QCOMPARE(outcomeId(transportVerdict(end).outcome).toString(), QStringLiteral("connect-refused"));
}

QTEST_GUILESS_MAIN(TestHttpOutcome)
#include "tst_httpoutcome.moc"
