// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartadapter.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>

namespace backwatch {

struct ChartAdapter::Private
{
    QGraphicsScene scene;
    QChart *chart = new QChart;
    QValueAxis *time = new QValueAxis(chart);
    QValueAxis *value = new QValueAxis(chart);
    QList<QLineSeries *> series;

    Private();
    void setLines(const QList<ChartLine> &lines);
};

ChartAdapter::Private::Private()
{
    scene.addItem(chart);
    chart->setBackgroundVisible(false);
    chart->setPlotAreaBackgroundVisible(false);
    chart->legend()->hide();
    chart->setMargins({});
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setAnimationOptions(QChart::NoAnimation);
    for (auto *axis : {time, value}) {
        axis->setVisible(false);
        chart->addAxis(axis, axis == time ? Qt::AlignBottom : Qt::AlignLeft);
    }
}

void ChartAdapter::Private::setLines(const QList<ChartLine> &lines)
{
    while (series.size() < lines.size()) {
        auto *line = new QLineSeries;
        chart->addSeries(line);
        line->attachAxis(time);
        line->attachAxis(value);
        series.append(line);
    }
    for (qsizetype i = 0; i < series.size(); ++i) {
        const bool used = i < lines.size();
        series.at(i)->setVisible(used);
        if (!used)
            continue;
        series.at(i)->setPen(QPen(lines.at(i).colour, lines.at(i).width, Qt::SolidLine, Qt::RoundCap));
        series.at(i)->replace(lines.at(i).points);
    }
}

ChartAdapter::ChartAdapter() : d(std::make_unique<Private>()) {}

ChartAdapter::~ChartAdapter() = default;

QImage ChartAdapter::render(QSize plot, qreal devicePixelRatio, qint64 spanMs, double top,
                            const QList<ChartLine> &lines)
{
    QImage image(plot * devicePixelRatio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(devicePixelRatio);
    image.fill(Qt::transparent);
    if (plot.isEmpty())
        return image;

    const QRectF area(QPointF(0, 0), QSizeF(plot));
    d->time->setRange(0, double(spanMs));
    d->value->setRange(0, top);
    d->setLines(lines);
    d->scene.setSceneRect(area);
    d->chart->resize(area.size());
    d->chart->setPlotArea(area);
    d->chart->layout()->activate();

    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    d->scene.render(&painter, area, area, Qt::IgnoreAspectRatio);
    return image;
}

} // namespace backwatch
