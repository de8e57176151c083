// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/copybutton.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

namespace backwatch {

CopyButton::CopyButton(const QString &text, const QString &accessibleName, QWidget *parent)
    : QPushButton(tr("Copy"), parent), m_text(text)
{
    setAccessibleName(accessibleName);
    setObjectName(QStringLiteral("copy"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    constexpr int kSayDoneMs = 1'500;
    m_done.setSingleShot(true);
    m_done.setInterval(kSayDoneMs);
    connect(&m_done, &QTimer::timeout, this, [this] { setText(tr("Copy")); });
    connect(this, &QPushButton::clicked, this, &CopyButton::copy);
}

QSize CopyButton::sizeHint() const
{
    const auto width = [this](const QString &word) { return fontMetrics().horizontalAdvance(word); };
    QSize size = QPushButton::sizeHint();
    size.rwidth() += std::max(width(tr("Copy")), width(tr("Copied"))) - width(this->text());
    return size;
}

void CopyButton::copy()
{
    QGuiApplication::clipboard()->setText(m_text);
    setText(tr("Copied"));
    m_done.start();
}

} // namespace backwatch
