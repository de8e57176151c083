// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/addwebsite.h"

#include "app/core/whenanswered.h"
#include "ui/theme/applicationstyle.h"
#include "ui/theme/statemark.h"
#include "ui/theme/typography.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace backwatch {

AddWebsite::AddWebsite(Watch &watch, QWidget *parent)
    : QWidget(parent)
    , m_watch(watch)
    , m_field(new QLineEdit(this))
    , m_button(new QPushButton(tr("Add website"), this))
    , m_mark(new StateMark(State::Degraded, this))
    , m_line(new QLabel(this))
{
    auto *caption = new QLabel(tr("&Address of a website"), this);
    caption->setFont(textFont(TextRole::Strong));
    caption->setBuddy(m_field);
    m_field->setObjectName(kLargeField);
    m_field->setFont(textFont(TextRole::Lead));
    m_field->setPlaceholderText(QStringLiteral("https://shop.example/"));
    m_field->setAccessibleName(tr("Address of a website"));
    m_field->setMaxLength(2'048);
    m_field->setLayoutDirection(Qt::LeftToRight);
    m_button->setObjectName(kPrimaryButton);
    m_button->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Ignored); // as high as the field
    m_line->setTextFormat(Qt::PlainText);
    m_line->setWordWrap(true);
    QSizePolicy kept = m_line->sizePolicy();
    kept.setHorizontalPolicy(QSizePolicy::Expanding);
    m_line->setSizePolicy(kept);
    m_line->setMinimumHeight(m_line->fontMetrics().height());

    auto *entry = new QHBoxLayout;
    entry->setSpacing(8);
    entry->addWidget(m_field, 1);
    entry->addWidget(m_button);
    auto *below = new QHBoxLayout;
    below->addWidget(m_mark, 0, Qt::AlignTop);
    below->addWidget(m_line, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(caption);
    layout->addLayout(entry);
    layout->addLayout(below);
    m_mark->hide();
    setFocusProxy(m_field);

    connect(m_button, &QPushButton::clicked, this, &AddWebsite::submit);
    connect(m_field, &QLineEdit::returnPressed, this, &AddWebsite::submit);
    connect(m_field, &QLineEdit::textEdited, this, [this] { showError({}); });
}

QString AddWebsite::error() const
{
    return m_error;
}

void AddWebsite::submit()
{
    if (m_busy)
        return;
    const QString address = m_field->text().trimmed();
    if (address.isEmpty()) {
        showError(tr("Enter the address of a website, as it stands in the address bar of a browser."));
        return;
    }
    showError({});
    setBusy(true);
    Q_EMIT addressEntered(address);
    whenAnswered(m_watch.addWebsite(address), this,
                 [this](const Result<MonitorId> &result) { finish(result); });
}

void AddWebsite::finish(const Result<MonitorId> &result)
{
    setBusy(false);
    if (!result) {
        showError(result.error().sentence);
        m_field->setFocus();
        m_field->selectAll();
        return;
    }
    m_field->clear();
    Q_EMIT added(*result);
}

void AddWebsite::setBusy(bool busy)
{
    m_busy = busy;
    m_field->setReadOnly(busy);
    m_button->setEnabled(!busy);
    m_line->setText(busy ? tr("Adding it …") : QString());
}

void AddWebsite::showError(const QString &sentence)
{
    m_error = sentence;
    m_mark->setVisible(!sentence.isEmpty());
    m_line->setText(sentence);
    m_field->setAccessibleDescription(sentence);
}

} // namespace backwatch
