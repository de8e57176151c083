// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/guide/guide.h"

#include <QAbstractButton>
#include <QFrame>

class QVBoxLayout;

namespace backwatch {

/// The heading of a step: opens and closes it. Wraps, so that a long title is never cut.
class StepHeader : public QAbstractButton
{
    Q_OBJECT

public:
    explicit StepHeader(const QString &title, QWidget *parent = nullptr);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QRect titleRect(int width) const;
};

/// One step of the guide: why, the commands with their risk, and how to read what they print.
class StepCard : public QFrame
{
    Q_OBJECT

public:
    StepCard(int number, const GuideStep &step, QWidget *parent = nullptr);

    bool isOpen() const;
    void setOpen(bool open);

private:
    void build();
    void addCommand(const GuideCommand &command, QVBoxLayout *layout);
    void addReading(QVBoxLayout *layout);

    GuideStep m_step;
    StepHeader *m_header;
    QWidget *m_body = nullptr; ///< made when the step is opened for the first time
};

} // namespace backwatch
