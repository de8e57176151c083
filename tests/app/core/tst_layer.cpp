// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/layer.h"

#include <QStringList>
#include <QTest>

using namespace backwatch;

class TestLayer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsAreThePublicOnes();
    void refusesOthers();
};

void TestLayer::idsAreThePublicOnes()
{
    const QStringList ids =
        QStringLiteral("client dns edge balancer cache web-server runtime application database host "
                       "provider unknown")
            .split(u' ');
    QCOMPARE(ids.size(), static_cast<int>(Layer::Unknown) + 1);
    for (int i = 0; i < ids.size(); ++i) {
        const auto layer = static_cast<Layer>(i);
        QCOMPARE(layerId(layer).toString(), ids[i]);
        QVERIFY(layerFromId(ids[i]) == layer);
    }
    QCOMPARE(layerId(Layer::WebServer).toString(), QStringLiteral("web-server"));
}

void TestLayer::refusesOthers()
{
    for (const auto *id : {u"", u"webserver", u"Edge", u"edge "})
        QVERIFY(!layerFromId(QStringView(id)));
}

QTEST_GUILESS_MAIN(TestLayer)
#include "tst_layer.moc"
