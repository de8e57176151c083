// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace backwatch {

/// A line across a page that says what is wrong with the program itself. Hidden while it has nothing to say.
class Notice : public QWidget
{
    Q_OBJECT

public:
    enum class Weight {
        Caution, ///< something is lost, the rest goes on
        Alarm,   ///< nothing on the page can be relied on
    };

    explicit Notice(Weight weight, QWidget *parent = nullptr);

    void setText(const QString &text); ///< plain text; empty hides the line
    QString text() const;
    void setLetterSize(int pixels);
    /// A button behind the sentence; its text is what it does.
    void setAction(const QString &text);

Q_SIGNALS:
    void actionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void colourText();

    Weight m_weight;
    QLabel *m_label;
    QPushButton *m_action = nullptr;
};

} // namespace backwatch
