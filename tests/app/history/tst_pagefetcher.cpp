// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/pagefetcher.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace backwatch;

class TestPageFetcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fetchesWhatMayBeCold();
};

/// Only a hint: that there is no such file is for the reader to tell.
void TestPageFetcher::fetchesWhatMayBeCold()
{
    const QTemporaryDir folder;
    PageFetcher pages(folder.filePath(QStringLiteral("history.db")));
    QVERIFY(!pages.expect(1, 20'000, 20'089)); // few
    QVERIFY(pages.expect(1, 20'000, 20'090));  // more of the same monitor than were read before
    QVERIFY(!pages.expect(1, 20'000, 20'365)); // its pages are there
    QVERIFY(pages.expect(2, 20'000, 20'365));
    QVERIFY(pages.expect(1, 20'000, 20'365));
}

QTEST_GUILESS_MAIN(TestPageFetcher)
#include "tst_pagefetcher.moc"
