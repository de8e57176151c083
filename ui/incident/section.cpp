// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/section.h"

#include <QVBoxLayout>

namespace backwatch {

Section::Section(const QString &heading, QWidget *parent) : QFrame(parent), m_content(new QVBoxLayout(this))
{
    setProperty("look", QStringLiteral("card"));
    setAccessibleName(heading);
    m_content->setContentsMargins(14, 12, 14, 14);
    m_content->setSpacing(8);
    auto *label = new QLabel(heading, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QStringLiteral("heading"));
    m_content->addWidget(label);
}

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel *mutedLabel(const QString &text, QWidget *parent)
{
    auto *label = plainLabel(text, parent);
    label->setProperty("look", QStringLiteral("muted"));
    return label;
}

} // namespace backwatch
