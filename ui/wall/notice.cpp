// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/notice.h"

#include "ui/theme/stateshape.h"
#include "ui/theme/typography.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>

namespace backwatch {

namespace {

constexpr int kNoticePad = 10;
constexpr int kShape = 18;

} // namespace

Notice::Notice(Weight weight, QWidget *parent) : QWidget(parent), m_weight(weight), m_label(new QLabel(this))
{
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    m_label->setFont(textFont(weight == Weight::Alarm ? TextRole::Subtitle : TextRole::Strong));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(2 * kNoticePad + kShape, kNoticePad, kNoticePad, kNoticePad);
    layout->addWidget(m_label, 1);
    colourText();
    hide();
}

void Notice::setText(const QString &text)
{
    if (text == m_label->text())
        return;
    m_label->setText(text);
    setAccessibleName(text);
    setVisible(!text.isEmpty());
}

QString Notice::text() const
{
    return m_label->text();
}

void Notice::setLetterSize(int pixels)
{
    m_label->setFont(sizedFont(pixels, QFont::Bold));
}

void Notice::setAction(const QString &text)
{
    if (!m_action) {
        m_action = new QPushButton(this);
        layout()->addWidget(m_action);
        connect(m_action, &QPushButton::clicked, this, &Notice::actionRequested);
    }
    m_action->setText(text);
}

void Notice::colourText()
{
    const Palette palette = currentPalette();
    QPalette own = m_label->palette();
    const QColor colour = m_weight == Weight::Alarm ? palette.onState(State::Down) : palette.text;
    own.setColor(QPalette::WindowText, colour);
    m_label->setPalette(own);
}

void Notice::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colourText();
    QWidget::changeEvent(event);
}

void Notice::paintEvent(QPaintEvent *)
{
    const Palette palette = currentPalette();
    const bool alarm = m_weight == Weight::Alarm;
    const State state = alarm ? State::Down : State::Degraded;
    const QColor hue = palette.state(state);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(alarm ? QPen(Qt::NoPen) : QPen(hue, 1.5));
    painter.setBrush(alarm ? hue : blended(palette.surface, hue, 0.12));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    const QRect shape(kNoticePad, (height() - kShape) / 2, kShape, kShape);
    paintStateShape(painter, QStyle::visualRect(layoutDirection(), rect(), shape), State::Degraded,
                    alarm ? palette.onState(state) : hue);
}

} // namespace backwatch
