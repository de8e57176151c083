// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/diagnosisjson.h"
#include "app/diagnosis/reasoning.h"
#include "app/history/evidencecodec.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cstdio>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Where that many of a hundred have to be right.
constexpr int kEnough = 95;

QByteArray contentOf(const QString &path)
{
    QFile file(QStringLiteral(BACKWATCH_TEST_DATA "/") + path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return file.readAll();
}

QStringList list(const QJsonObject &truth, QLatin1StringView key)
{
    return truth.value(key).toVariant().toStringList();
}

struct Score
{
    int right = 0;
    int all = 0;

    void count(bool isRight)
    {
        ++all;
        right += isRight ? 1 : 0;
    }
    bool isEnough() const { return right * 100 >= all * kEnough; }
};

} // namespace

/// Holds the diagnosis against what was really wrong behind recorded exchanges of real servers.
class CorpusTest : public QObject
{
    Q_OBJECT

private:
    Diagnosis diagnosisOf(const QString &id);

    std::optional<Fingerprints> m_fingerprints;
    QJsonObject m_truth;

private Q_SLOTS:
    void initTestCase();
    void causesAndLayers();
    void healthyIsNotFailing();
    void highOnlyWhereItTellsApart();
};

void CorpusTest::initTestCase()
{
    auto fingerprints = Fingerprints::load(u":/fingerprints"_s);
    QVERIFY2(fingerprints, fingerprints ? "" : qPrintable(fingerprints.error().sentence));
    m_fingerprints = *std::move(fingerprints);
    m_truth = QJsonDocument::fromJson(contentOf(u"truth.json"_s)).object();
    QVERIFY(m_truth.size() > 200);
}

Diagnosis CorpusTest::diagnosisOf(const QString &id)
{
    const auto exchange = exchangeFromHar(contentOf(u"exchanges/%1.har"_s.arg(id)));
    if (!exchange)
        qFatal("%s: %s", qPrintable(id), qPrintable(exchange.error().sentence));
    return diagnose(*exchange, m_fingerprints->recognise(*exchange), {});
}

void CorpusTest::causesAndLayers()
{
    Score producers;
    Score layers;
    Score causes;
    std::printf("%-36s %-18s %-18s %-22s %s\n", "exchange", "producer", "failing layer", "first cause",
                "right");
    for (auto it = m_truth.begin(); it != m_truth.end(); ++it) {
        const QJsonObject truth = it.value().toObject();
        if (!truth.value("failing"_L1).toBool() || !truth.value("visible"_L1).toBool())
            continue;
        const QJsonObject json = diagnosisJson(diagnosisOf(it.key()), {});
        const QString producer = json.value("producer"_L1).toObject().value("id"_L1).toString();
        const QString layer = json.value("failing"_L1).toObject().value("layer"_L1).toString();
        const QString cause = json.value("causes"_L1).toArray().at(0).toObject().value("id"_L1).toString();
        const bool producerRight = list(truth, "producer"_L1).contains(producer);
        const bool layerRight = list(truth, "layers"_L1).contains(layer);
        const bool causeRight = list(truth, "causes"_L1).contains(cause);
        producers.count(producerRight);
        layers.count(layerRight);
        causes.count(causeRight);
        std::printf("%-36s %-18s %-18s %-22s %s%s%s\n", qPrintable(it.key()), qPrintable(producer),
                    qPrintable(layer), qPrintable(cause), producerRight ? "P" : "-", layerRight ? "L" : "-",
                    causeRight ? "C" : "-");
    }
    std::printf("producer %d of %d, failing layer %d of %d, first cause %d of %d\n", producers.right,
                producers.all, layers.right, layers.all, causes.right, causes.all);
    QVERIFY(causes.all > 150);
    QVERIFY(layers.isEnough());
    QVERIFY(causes.isEnough());
}

void CorpusTest::healthyIsNotFailing()
{
    int healthy = 0;
    for (auto it = m_truth.begin(); it != m_truth.end(); ++it) {
        if (it.value().toObject().value("failing"_L1).toBool())
            continue;
        ++healthy;
        QVERIFY2(!reachesVerdict(diagnosisOf(it.key())), qPrintable(it.key()));
    }
    QVERIFY(healthy > 5);
}

void CorpusTest::highOnlyWhereItTellsApart()
{
    int high = 0;
    for (auto it = m_truth.begin(); it != m_truth.end(); ++it) {
        const QJsonObject truth = it.value().toObject();
        const auto diagnosis = diagnosisOf(it.key());
        for (const auto &cause : diagnosis.causes) {
            if (cause.confidence != Confidence::High)
                continue;
            ++high;
            QVERIFY2(truth.value("distinguishable"_L1).toBool(), qPrintable(it.key()));
            QVERIFY2(list(truth, "causes"_L1).contains(causeId(cause.kind).toString()), qPrintable(it.key()));
        }
    }
    std::printf("high confidence %d times\n", high);
}

QTEST_GUILESS_MAIN(CorpusTest)
#include "tst_corpus.moc"
