// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/phases.h"

#include <QList>
#include <QWidget>

namespace backwatch {

struct Palette;

/// Where the time of one check went: a bar in proportion, and each phase with its name and figure below.
class PhaseBar : public QWidget
{
    Q_OBJECT

public:
    explicit PhaseBar(const Phases &phases, QWidget *parent = nullptr);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Part
    {
        QString id;
        QString label; ///< "Waiting 51.0 ms"
        microseconds time;
    };

    QList<QPointF> legendPlaces(int width) const; ///< top left corners, one a part
    void paintBar(QPainter &painter, const Palette &palette) const;

    QList<Part> m_parts;
    microseconds m_total;
};

} // namespace backwatch
