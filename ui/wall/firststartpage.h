// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QWidget>

class QLabel;

namespace backwatch {

class AddWebsite;

/// What stands in the window while nothing is watched: an invitation.
class FirstStartPage : public QWidget
{
    Q_OBJECT

public:
    explicit FirstStartPage(Watch &watch, QWidget *parent = nullptr);

    AddWebsite *addWebsite() const { return m_add; }

Q_SIGNALS:
    void demonstrationRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void colourText();

    AddWebsite *m_add;
    QWidget *m_card;
    QList<QLabel *> m_quiet;
};

} // namespace backwatch
