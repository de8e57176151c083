// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/codeclass.h"

#include <QTest>

#include <numeric>

using namespace Qt::Literals::StringLiterals;

namespace backwatch {

class TestCodeClass : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sortsCodes_data();
    void sortsCodes();
    void legendNamesSingleCodes();
    void detailsBeginWithTheWorst();
    void stacksToTheTotal();
    void showsASingleFailure();
};

void TestCodeClass::sortsCodes_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("expected");
    const auto row = [](const char *name, int code, CodeClass expected) {
        QTest::newRow(name) << code << int(expected);
    };
    row("no answer", 0, CodeClass::NoAnswer);
    row("100", 100, CodeClass::Other);
    row("200", 200, CodeClass::Success);
    row("299", 299, CodeClass::Success);
    row("301", 301, CodeClass::Redirect);
    row("404", 404, CodeClass::ClientError);
    row("500", 500, CodeClass::ServerError);
    row("502", 502, CodeClass::ServerError);
    row("503 has its own", 503, CodeClass::Unavailable);
    row("504", 504, CodeClass::ServerError);
    row("999", 999, CodeClass::Other);
}

void TestCodeClass::sortsCodes()
{
    QFETCH(int, code);
    QFETCH(int, expected);
    QCOMPARE(int(codeClass(code)), expected);
    QCOMPARE(int(codeClass(hueCode(CodeClass(expected)))), expected);
}

void TestCodeClass::legendNamesSingleCodes()
{
    Rollup one;
    one.codes = {{0, 2}, {200, 50}, {502, 1}, {503, 3}};
    Rollup two;
    two.codes = {{200, 7}, {500, 4}};
    const auto items = codeLegend({one, two});
    QCOMPARE(items.size(), 4);
    QCOMPARE(items.at(0).label, u"200"_s);
    QCOMPARE(items.at(0).count, 57);
    QCOMPARE(items.at(1).label, u"5xx"_s);
    QCOMPARE(items.at(1).count, 5);
    QCOMPARE(items.at(2).label, u"503"_s);
    QCOMPARE(items.at(3).label, u"No answer"_s);
    QVERIFY(codeLegend({}).isEmpty());
}

void TestCodeClass::detailsBeginWithTheWorst()
{
    Rollup rollup;
    rollup.codes = {{0, 1}, {200, 5}, {500, 2}, {502, 3}, {503, 4}};
    QStringList labels;
    for (const auto &item : codeDetails(rollup))
        labels.append(item.label);
    QCOMPARE(labels, (QStringList{u"No answer"_s, u"503"_s, u"500"_s, u"502"_s, u"200"_s}));
}

void TestCodeClass::stacksToTheTotal()
{
    const CodeCounts counts{57, 0, 0, 3, 0, 20, 20};
    const auto heights = stackHeights(counts, 1.5, 3);
    QCOMPARE(std::accumulate(heights.begin(), heights.end(), 0), 150);
    QCOMPARE(heights[std::size_t(CodeClass::Unavailable)], 30);
    QCOMPARE(heights[std::size_t(CodeClass::Redirect)], 0);
    const auto nothing = stackHeights({}, 1.5, 3);
    QVERIFY(std::all_of(nothing.begin(), nothing.end(), [](int height) { return height <= 3; }));
}

void TestCodeClass::showsASingleFailure()
{
    CodeCounts counts{};
    counts[std::size_t(CodeClass::Success)] = 2'000;
    counts[std::size_t(CodeClass::Unavailable)] = 1;
    const auto heights = stackHeights(counts, 100.0 / 2'001, 3);
    QCOMPARE(heights[std::size_t(CodeClass::Unavailable)], 3);
    QCOMPARE(heights[std::size_t(CodeClass::Success)], 97);
}

} // namespace backwatch

QTEST_GUILESS_MAIN(backwatch::TestCodeClass)
#include "tst_codeclass.moc"
