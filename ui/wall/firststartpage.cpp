// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/firststartpage.h"

#include "ui/editor/addwebsite.h"
#include "ui/theme/applicationstyle.h"
#include "ui/theme/statemark.h"
#include "ui/theme/typography.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace backwatch {

namespace {

constexpr int kCardWidth = 640;
constexpr int kCardPad = 40;

QLabel *label(const QString &text, TextRole role, QWidget *parent)
{
    auto *made = new QLabel(text, parent);
    made->setTextFormat(Qt::PlainText);
    made->setFont(textFont(role));
    made->setWordWrap(true);
    return made;
}

} // namespace

FirstStartPage::FirstStartPage(Watch &watch, QWidget *parent)
    : QWidget(parent), m_add(new AddWebsite(watch, this)), m_card(new QWidget(this))
{
    auto *demonstration = new QPushButton(tr("Try the demonstration"), m_card);
    connect(demonstration, &QPushButton::clicked, this, &FirstStartPage::demonstrationRequested);
    auto *lead =
        label(tr("Backwatch asks your websites every few seconds, keeps their answers, and when a 503 "
                 "appears it says which layer made it and what to do."),
              TextRole::Body, m_card);
    auto *aside = label(tr("The demonstration runs on this machine alone and can be left at any time."),
                        TextRole::Caption, m_card);

    auto *facts = new QGridLayout;
    facts->setHorizontalSpacing(12);
    facts->setVerticalSpacing(10);
    facts->setColumnStretch(1, 1);
    const auto addFact = [&](State state, const QString &text) {
        const int row = facts->rowCount();
        auto *words = label(text, TextRole::Body, m_card);
        facts->addWidget(new StateMark(state, m_card), row, 0, Qt::AlignTop);
        facts->addWidget(words, row, 1);
        m_quiet.append(words);
    };
    addFact(State::Up, tr("Response codes, response times and availability, as far back as you watch"));
    addFact(State::Down,
            tr("The failing answer itself is kept: headers, body, timings, address, certificate"));
    addFact(State::Maintenance, tr("Seven steps to the cure, the most likely one first"));

    auto *row = new QHBoxLayout;
    row->addWidget(demonstration);
    row->addSpacing(8);
    row->addWidget(aside, 1);

    auto *card = new QVBoxLayout(m_card);
    card->setContentsMargins(kCardPad, kCardPad, kCardPad, kCardPad);
    card->addWidget(label(tr("What should Backwatch watch?"), TextRole::Display, m_card));
    card->addSpacing(6);
    card->addWidget(lead);
    card->addSpacing(22);
    card->addWidget(m_add);
    card->addSpacing(14);
    card->addLayout(row);
    card->addSpacing(22);
    card->addLayout(facts);
    m_quiet << lead << aside;

    auto *across = new QHBoxLayout;
    m_card->setMaximumWidth(kCardWidth + 2 * kCardPad);
    across->addStretch(1);
    across->addWidget(m_card, 100);
    across->addStretch(1);
    auto *page = new QVBoxLayout(this);
    page->addStretch(2);
    page->addLayout(across);
    page->addStretch(3);
    setFocusProxy(m_add);
    colourText();
}

void FirstStartPage::colourText()
{
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, currentPalette().mutedText);
    for (QLabel *words : std::as_const(m_quiet))
        words->setPalette(quiet);
}

void FirstStartPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colourText();
    QWidget::changeEvent(event);
}

void FirstStartPage::paintEvent(QPaintEvent *)
{
    const Palette palette = currentPalette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette.surfaceEdge);
    painter.setBrush(palette.surface);
    painter.drawRoundedRect(QRectF(m_card->geometry()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12);
}

} // namespace backwatch
