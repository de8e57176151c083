// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/palette.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace backwatch;

namespace {

constexpr double kText = 4.5;    // WCAG 2 AA, 1.4.3
constexpr double kGraphic = 3.0; // WCAG 2 AA, 1.4.11

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

Triple times(const Matrix &m, const Triple &v)
{
    Triple out{};
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
    return out;
}

/// CIE L*a*b* (D65) of a colour as somebody sees it whose sight `sight` describes in linear RGB.
Triple lab(const QColor &colour, const Matrix &sight)
{
    Triple rgb = times(sight, {linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())});
    for (double &channel : rgb)
        channel = std::clamp(channel, 0.0, 1.0);
    const Triple xyz =
        times({{{0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}}}, rgb);
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f(xyz[0] / 0.9505), y = f(xyz[1]), z = f(xyz[2] / 1.089);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double difference(const QColor &a, const QColor &b, const Matrix &sight)
{
    const Triple p = lab(a, sight), q = lab(b, sight);
    return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

// Full severity, after Machado, Oliveira and Fernandes (2009).
constexpr Matrix kCommon{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Matrix kProtan{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix kDeutan{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix kTritan{
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};

QList<State> allStates()
{
    QList<State> states;
    for (int i = 0; i < kStateCount; ++i)
        states.append(*stateFromNumber(i));
    return states;
}

} // namespace

class TestPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairs_data()
    {
        QTest::addColumn<QColor>("front");
        QTest::addColumn<QColor>("back");
        QTest::addColumn<double>("least");
        for (const Palette &palette : {lightPalette(), darkPalette()})
            addPairs(palette);
    }

    void pairs()
    {
        QFETCH(QColor, front);
        QFETCH(QColor, back);
        QFETCH(double, least);
        const double found = contrast(front, back);
        QVERIFY2(found >= least, qPrintable(QString::number(found)));
    }

    void contrastOfExtremes()
    {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
    }

    void codesDifferForEverySight_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void codesDifferForEverySight()
    {
        QFETCH(bool, dark);
        const Palette palette = dark ? darkPalette() : lightPalette();
        const QList<int> codes{0, 200, 301, 404, 500, 503};
        const QList<Matrix> sights{kCommon, kProtan, kDeutan, kTritan};
        for (int a : codes)
            for (int b : codes)
                for (int sight = 0; a < b && sight < sights.size(); ++sight) {
                    const double d = difference(palette.code(a), palette.code(b), sights.at(sight));
                    const QString where =
                        QStringLiteral("%1 and %2, sight %3: %4").arg(a).arg(b).arg(sight).arg(d);
                    QVERIFY2(d >= 18, qPrintable(where));
                }
    }

    void fadedHasNoHue()
    {
        for (const Palette &palette : {fadedPalette(lightPalette()), fadedPalette(darkPalette())}) {
            for (State state : allStates()) {
                QCOMPARE(palette.state(state).hslSaturation(), 0);
                QCOMPARE(palette.stateText(state).hslSaturation(), 0);
            }
            for (int code : {0, 200, 301, 404, 500, 503})
                QCOMPARE(palette.code(code).hslSaturation(), 0);
            QCOMPARE(palette.accent.hslSaturation(), 0);
            QVERIFY(contrast(palette.text, palette.surface) >= kText);
        }
    }

private:
    static void row(const QString &name, const QColor &front, const QColor &back, double least)
    {
        QTest::newRow(qPrintable(name)) << front << back << least;
    }

    static void addPairs(const Palette &p)
    {
        const QString theme = p.dark ? QStringLiteral("dark ") : QStringLiteral("light ");
        const QList<QPair<QString, QColor>> grounds{{QStringLiteral("surface"), p.surface},
                                                    {QStringLiteral("window"), p.window}};
        for (const auto &[ground, back] : grounds) {
            row(theme + QStringLiteral("text on ") + ground, p.text, back, kText);
            row(theme + QStringLiteral("muted on ") + ground, p.mutedText, back, kText);
            row(theme + QStringLiteral("accent on ") + ground, p.accent, back, kText);
            row(theme + QStringLiteral("control edge on ") + ground, p.controlEdge(), back, kGraphic);
            for (State state : allStates()) {
                const QString id = stateId(state) + QStringLiteral(" on ") + ground;
                row(theme + id + QStringLiteral(" as text"), p.stateText(state), back, kText);
                row(theme + id + QStringLiteral(" as shape"), p.state(state), back, kGraphic);
            }
            for (int code : {0, 200, 301, 404, 500, 503, 100})
                row(theme + QStringLiteral("code %1 on ").arg(code) + ground, p.code(code), back, kGraphic);
        }
        for (State state : allStates()) {
            row(theme + QStringLiteral("text on filled ") + stateId(state), p.onState(state), p.state(state),
                kText);
            const QColor tint = blended(p.surface, p.state(state), 0.1);
            row(theme + QStringLiteral("text on tinted ") + stateId(state), p.stateText(state), tint,
                state == State::Degraded || state == State::Maintenance ? kText : kGraphic);
            row(theme + QStringLiteral("muted on tinted ") + stateId(state), p.mutedText, tint, kText);
        }
    }
};

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
