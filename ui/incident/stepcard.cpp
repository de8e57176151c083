// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/stepcard.h"

#include "ui/incident/copybutton.h"
#include "ui/incident/riskbadge.h"
#include "ui/incident/section.h"
#include "ui/incident/textblock.h"
#include "ui/theme/palette.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace backwatch {

namespace {

constexpr int kCardMargin = 14;
constexpr int kArrow = 10;
constexpr int kAroundTitle = 11;

} // namespace

StepHeader::StepHeader(const QString &title, QWidget *parent) : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("stepHeader"));
    setCheckable(true);
    setText(title);
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    QFont strong = font();
    strong.setBold(true);
    setFont(strong);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QRect StepHeader::titleRect(int width) const
{
    const QRect where(2 * kCardMargin + kArrow, kAroundTitle, std::max(1, width - 3 * kCardMargin - kArrow),
                      10'000);
    return layoutDirection() == Qt::RightToLeft ? where.translated(-kCardMargin - kArrow, 0) : where;
}

int StepHeader::heightForWidth(int width) const
{
    const QRect bounds = fontMetrics().boundingRect(titleRect(width), Qt::TextWordWrap, text());
    return bounds.height() + 2 * kAroundTitle;
}

QSize StepHeader::sizeHint() const
{
    return {360, heightForWidth(360)};
}

QSize StepHeader::minimumSizeHint() const
{
    return {160, fontMetrics().height() + 2 * kAroundTitle};
}

void StepHeader::paintEvent(QPaintEvent *)
{
    const Palette palette = currentPalette();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const QPointF centre(mirrored ? width() - kCardMargin - kArrow / 2.0 : kCardMargin + kArrow / 2.0,
                         height() / 2.0);
    painter.save();
    painter.translate(centre);
    painter.rotate(isChecked() ? 90 : (mirrored ? 180 : 0));
    painter.setPen(QPen(underMouse() ? palette.text : palette.mutedText, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawPolyline(QPolygonF{{-2, -4}, {2, 0}, {-2, 4}});
    painter.restore();
    painter.setPen(palette.text);
    painter.drawText(titleRect(width()),
                     static_cast<int>(Qt::TextWordWrap | (mirrored ? Qt::AlignRight : Qt::AlignLeft)),
                     text());
    if (hasFocus()) {
        painter.setPen(QPen(palette.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(3, 3, -3, -3), 5, 5);
    }
}

void StepHeader::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void StepHeader::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void StepHeader::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

StepCard::StepCard(int number, const GuideStep &step, QWidget *parent)
    : QFrame(parent), m_step(step), m_header(new StepHeader(tr("%1. %2").arg(number).arg(step.title), this))
{
    setObjectName(QStringLiteral("step-") + step.id);
    setProperty("look", QStringLiteral("card"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    m_header->setAccessibleDescription(tr("Opens or closes this step."));
    connect(m_header, &QAbstractButton::toggled, this, [this](bool open) {
        if (open && !m_body)
            build();
        if (m_body)
            m_body->setVisible(open);
    });
}

bool StepCard::isOpen() const
{
    return m_header->isChecked();
}

void StepCard::setOpen(bool open)
{
    m_header->setChecked(open);
}

void StepCard::build()
{
    m_body = new QWidget(this);
    m_body->setObjectName(QStringLiteral("stepBody"));
    auto *layout = new QVBoxLayout(m_body);
    layout->setContentsMargins(kCardMargin, 0, kCardMargin, kCardMargin);
    layout->setSpacing(8);
    auto *why = plainLabel(m_step.why, m_body);
    why->setObjectName(QStringLiteral("why"));
    layout->addWidget(why);
    for (const auto &command : std::as_const(m_step.commands))
        addCommand(command, layout);
    if (!m_step.reading.isEmpty())
        addReading(layout);
    this->layout()->addWidget(m_body);
}

void StepCard::addCommand(const GuideCommand &command, QVBoxLayout *layout)
{
    layout->addSpacing(4);
    auto *about = new QHBoxLayout;
    about->setSpacing(12);
    auto *purpose = plainLabel(command.purpose, m_body);
    purpose->setObjectName(QStringLiteral("purpose"));
    about->addWidget(purpose, 1);
    about->addWidget(new RiskBadge(command.risk, m_body), 0, Qt::AlignTop);
    layout->addLayout(about);

    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    auto *text =
        new TextBlock(command.command, TextBlock::Look::Code, tr("Command: %1").arg(command.purpose), m_body);
    text->setObjectName(QStringLiteral("command"));
    line->addWidget(text, 1, Qt::AlignTop);
    line->addWidget(new CopyButton(command.command, tr("Copy the command: %1").arg(command.command), m_body),
                    0, Qt::AlignTop);
    layout->addLayout(line);
}

void StepCard::addReading(QVBoxLayout *layout)
{
    layout->addSpacing(8);
    auto *heading = plainLabel(tr("How to read it"), m_body);
    heading->setProperty("look", QStringLiteral("subheading"));
    layout->addWidget(heading);
    for (const auto &sentence : std::as_const(m_step.reading)) {
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        auto *bullet = mutedLabel(QStringLiteral("\u2022"), m_body);
        bullet->setTextInteractionFlags(Qt::NoTextInteraction);
        row->addWidget(bullet, 0, Qt::AlignTop);
        auto *text = plainLabel(sentence, m_body);
        text->setObjectName(QStringLiteral("reading"));
        row->addWidget(text, 1);
        layout->addLayout(row);
    }
}

} // namespace backwatch
