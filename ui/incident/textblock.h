// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace backwatch {

/// Text from the network or a command, shown exactly as it is: never as rich text, broken anywhere where a
/// line is too long, as high as its lines, and readable and selectable from the keyboard.
class TextBlock : public QPlainTextEdit
{
    Q_OBJECT

public:
    enum class Look { Plain, Code };

    TextBlock(const QString &text, Look look, const QString &accessibleName, QWidget *parent = nullptr);

    /// Scrolls within itself past that many lines; 0: never.
    void setMaximumLines(int lines);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitHeight();

    int m_maximumLines = 0;
};

} // namespace backwatch
