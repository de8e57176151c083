// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/passwordsdialog.h"

#include "app/core/whenanswered.h"
#include "ui/theme/applicationstyle.h"
#include "ui/theme/typography.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace backwatch {

namespace {

QLabel *paragraph(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

/// Names of secrets with those who use them, both sorted.
QMap<QString, QStringList> secretsIn(const QList<Monitor> &monitors)
{
    QMap<QString, QStringList> secrets;
    for (const auto &monitor : monitors)
        for (const auto &name : secretNames(monitor.check))
            secrets[name] += qualifiedName(monitor);
    for (auto &users : secrets) {
        users.removeDuplicates();
        users.sort();
    }
    return secrets;
}

} // namespace

PasswordsDialog::PasswordsDialog(Watch &watch, QWidget *parent)
    : QDialog(parent)
    , m_watch(watch)
    , m_trouble(paragraph(this))
    , m_sessionOnly(new QCheckBox(tr("&Keep them in memory until Backwatch ends"), this))
    , m_problem(paragraph(this))
    , m_save(nullptr)
{
    setWindowTitle(tr("Passwords"));
    build();
    connect(&m_watch, &Watch::healthChanged, this, &PasswordsDialog::follow);
    connect(m_sessionOnly, &QCheckBox::toggled, this, &PasswordsDialog::follow);
    follow();
}

void PasswordsDialog::build()
{
    const auto secrets = secretsIn(m_watch.monitors());
    auto *lead = paragraph(this);
    lead->setText(
        secrets.isEmpty()
            ? tr("No monitor names a password. In the monitors file it is written {secret: NAME}.")
            : tr("Passwords, tokens and passphrases that the monitors name. They are stored in the keychain "
                 "of this desktop and never shown again; a field that stays empty changes nothing."));
    auto *rows = new QWidget(this);
    auto *grid = new QGridLayout(rows);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(10);
    grid->setColumnStretch(1, 1);
    for (auto secret = secrets.cbegin(); secret != secrets.cend(); ++secret)
        addRow(rows, secret.key(), secret.value());
    grid->setRowStretch(static_cast<int>(secrets.size()), 1);
    auto *scroll = new QScrollArea(this);
    scroll->setWidget(rows);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    constexpr int kTallest = 320;
    scroll->setMinimumHeight(std::min(kTallest, rows->sizeHint().height()));
    scroll->setVisible(!secrets.isEmpty());

    auto *buttons = new QDialogButtonBox(this);
    m_save = new QPushButton(tr("Store"), this);
    m_save->setObjectName(kPrimaryButton); // before the box has its look made
    buttons->addButton(m_save, QDialogButtonBox::AcceptRole);
    buttons->addButton(secrets.isEmpty() ? tr("Close") : tr("Cancel"), QDialogButtonBox::RejectRole);
    m_save->setVisible(!secrets.isEmpty());
    connect(buttons, &QDialogButtonBox::accepted, this, &PasswordsDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    for (QWidget *part :
         std::initializer_list<QWidget *>{lead, scroll, m_trouble, m_sessionOnly, m_problem, buttons})
        layout->addWidget(part);
    setMinimumWidth(560);
}

void PasswordsDialog::addRow(QWidget *rows, const QString &name, const QStringList &usedBy)
{
    auto *grid = qobject_cast<QGridLayout *>(rows->layout());
    const int row = static_cast<int>(m_fields.size());
    auto *caption = new QLabel(rows);
    caption->setTextFormat(Qt::PlainText);
    caption->setText(name);
    caption->setFont(textFont(TextRole::Strong));
    auto *field = new QLineEdit(rows);
    field->setEchoMode(QLineEdit::Password);
    field->setPlaceholderText(tr("unchanged"));
    field->setAccessibleName(tr("Value of %1").arg(name));
    const QString users = tr("Used by %1").arg(usedBy.join(QStringLiteral(", ")));
    caption->setToolTip(users);
    field->setToolTip(users);
    field->setAccessibleDescription(users);
    caption->setBuddy(field);
    grid->addWidget(caption, row, 0);
    grid->addWidget(field, row, 1);
    m_fields.insert(name, field);
    connect(field, &QLineEdit::textChanged, this, &PasswordsDialog::follow);
}

QStringList PasswordsDialog::names() const
{
    return m_fields.keys();
}

QLineEdit *PasswordsDialog::field(const QString &name) const
{
    return m_fields.value(name);
}

QString PasswordsDialog::problem() const
{
    return m_problem->text();
}

void PasswordsDialog::follow()
{
    const QString trouble = m_watch.health().secretsTrouble;
    m_trouble->setText(trouble);
    m_trouble->setVisible(!trouble.isEmpty());
    m_sessionOnly->setVisible(!trouble.isEmpty() && !m_fields.isEmpty());
    const bool something = std::any_of(m_fields.cbegin(), m_fields.cend(),
                                       [](const QLineEdit *field) { return !field->text().isEmpty(); });
    m_problem->setVisible(!m_problem->text().isEmpty());
    m_save->setEnabled(something && m_open == 0 && (trouble.isEmpty() || m_sessionOnly->isChecked()));
}

void PasswordsDialog::save()
{
    if (m_sessionOnly->isChecked())
        m_watch.keepSecretsForThisSession();
    m_problem->clear();
    m_failed = false;
    // Counted first: an answer may be there at once.
    QStringList entered;
    for (auto field = m_fields.cbegin(); field != m_fields.cend(); ++field)
        if (!field.value()->text().isEmpty())
            entered += field.key();
    m_open = static_cast<int>(entered.size());
    follow();
    for (const auto &name : std::as_const(entered))
        whenAnswered(m_watch.setSecret(name, m_fields.value(name)->text()), this,
                     [this, name](const Result<void> &result) { stored(name, result); });
}

void PasswordsDialog::stored(const QString &name, const Result<void> &result)
{
    if (result) {
        m_fields.value(name)->clear();
    } else {
        m_failed = true;
        m_problem->setText(result.error().sentence);
    }
    if (--m_open > 0)
        return;
    follow();
    if (!m_failed)
        accept();
}

} // namespace backwatch
