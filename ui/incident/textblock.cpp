// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/textblock.h"

#include <QFontDatabase>
#include <QScrollBar>
#include <QTextBlock>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace backwatch {

TextBlock::TextBlock(const QString &text, Look look, const QString &accessibleName, QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    // Single values would only lengthen the way through the page with the Tab key.
    setFocusPolicy(look == Look::Code ? Qt::StrongFocus : Qt::ClickFocus);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(accessibleName);
    setProperty("look", look == Look::Code ? QStringLiteral("code") : QStringLiteral("plain"));
    document()->setDocumentMargin(look == Look::Code ? 6 : 0);
    if (look == Look::Code) {
        QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        // The theme sets sizes in pixels; then there is none in points.
        if (font().pixelSize() > 0)
            mono.setPixelSize(font().pixelSize());
        else
            mono.setPointSizeF(font().pointSizeF());
        setFont(mono);
    }
    setPlainText(text);
}

void TextBlock::setMaximumLines(int lines)
{
    m_maximumLines = lines;
    setVerticalScrollBarPolicy(lines > 0 ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    fitHeight();
}

void TextBlock::fitHeight()
{
    // Added up line by line: the layout of a QPlainTextEdit gives its own height in lines only.
    const double leading = std::max(0.0, QFontMetricsF(font()).leading());
    double height = 2 * document()->documentMargin();
    int lines = 0;
    for (auto block = document()->begin(); block.isValid(); block = block.next()) {
        for (int i = 0; i < std::max(1, block.layout()->lineCount()); ++i) {
            if (m_maximumLines > 0 && lines == m_maximumLines)
                break;
            const bool laidOut = i < block.layout()->lineCount();
            height += leading + (laidOut ? block.layout()->lineAt(i).height() : fontMetrics().height());
            ++lines;
        }
    }
    const int frame = std::max(2 * frameWidth(), this->height() - viewport()->height());
    const int fitting = static_cast<int>(std::ceil(height)) + frame + 1;
    if (fitting != minimumHeight() || fitting != maximumHeight())
        setFixedHeight(fitting);
}

QSize TextBlock::sizeHint() const
{
    return {240, maximumHeight()};
}

QSize TextBlock::minimumSizeHint() const
{
    return {60, fontMetrics().lineSpacing()};
}

void TextBlock::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void TextBlock::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitHeight();
}

void TextBlock::wheelEvent(QWheelEvent *event)
{
    // The page scrolls, unless there is something to scroll in here.
    if (verticalScrollBar()->maximum() == 0 || verticalScrollBarPolicy() == Qt::ScrollBarAlwaysOff)
        event->ignore();
    else
        QPlainTextEdit::wheelEvent(event);
}

} // namespace backwatch
