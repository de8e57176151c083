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
    // The layout of a QPlainTextEdit measures its height in lines.
    int lines = 0;
    for (auto block = document()->begin(); block.isValid() && lines < 100'000; block = block.next())
        lines += std::max(1, block.layout()->lineCount());
    if (m_maximumLines > 0)
        lines = std::min(lines, m_maximumLines);
    const double margins =
        2 * document()->documentMargin() + contentsMargins().top() + contentsMargins().bottom();
    const int height = static_cast<int>(std::ceil(lines * QFontMetricsF(font()).lineSpacing() + margins)) + 2;
    if (height != minimumHeight() || height != maximumHeight())
        setFixedHeight(height);
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
