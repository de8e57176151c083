// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/state.h"

#include <QWidget>

namespace backwatch {

/// The sentence on top of the wall with a shape in front of it, and the clock.
class WallHeadline : public QWidget
{
    Q_OBJECT

public:
    explicit WallHeadline(QWidget *parent = nullptr);

    /// `state` gives the shape: the worst on the wall.
    void setSentence(State state, const QString &sentence, const QString &details);
    void setClock(const QString &time, const QString &zone);
    /// The height of the letters of the sentence.
    void setLetterSize(int pixels);
    void setFaded(bool faded);

    QString sentence() const { return m_sentence; }
    QString details() const { return m_details; }
    QString clock() const { return m_time; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    qreal clockWidth() const;
    /// Whether the details stand behind the sentence; if not, they stand below it.
    bool fitsOneLine(int width) const;

    State m_state = State::NotObserved;
    QString m_sentence;
    QString m_details;
    QString m_time;
    QString m_zone;
    int m_pixels = 30;
    bool m_faded = false;
};

} // namespace backwatch
