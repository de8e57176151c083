// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/countasdialog.h"

#include "app/core/whenanswered.h"
#include "ui/incident/section.h"
#include "ui/theme/applicationstyle.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace backwatch {

namespace {

constexpr int kIndent = 24; // as far as the text of a radio button
constexpr int kLongestReason = 500;
constexpr int kWidth = 520;

} // namespace

CountAsDialog::CountAsDialog(Watch &watch, IncidentId incident, OutageClass current, bool isSaid,
                             QWidget *parent)
    : QDialog(parent)
    , m_watch(watch)
    , m_incident(incident)
    , m_current(current)
    , m_isSaid(isSaid)
    , m_choices(new QButtonGroup(this))
    , m_reason(new QLineEdit(this))
    , m_problem(plainLabel({}, this))
{
    setWindowTitle(tr("What this outage counts as"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(4);
    addChoice(layout, OutageClass::Outage, tr("An &outage"), tr("It counts against availability."));
    addChoice(layout, OutageClass::Maintenance, tr("&Maintenance"),
              tr("Work that was planned or announced. It is left out of availability and shown apart."));
    addChoice(layout, OutageClass::NotObserved, tr("&Not observed"),
              tr("This program or its own network was at fault, so nothing is known of the service. It is "
                 "left out of availability, and the observed share is lower."));

    auto *caption = new QLabel(tr("&Because"), this);
    caption->setBuddy(m_reason);
    m_reason->setObjectName(QStringLiteral("reason"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(tr("for example the number of the change"));
    m_reason->setMaxLength(kLongestReason);
    m_problem->setObjectName(QStringLiteral("problem"));
    auto *note = plainLabel(
        tr("What was measured stays as it is. Reports quote the reason, with your account and the time."),
        this);

    auto *buttons = new QDialogButtonBox(this);
    m_store = new QPushButton(tr("Store"), this);
    m_store->setObjectName(kPrimaryButton); // before the box has its look made
    buttons->addButton(m_store, QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &CountAsDialog::store);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    layout->addSpacing(8);
    for (QWidget *part : std::initializer_list<QWidget *>{caption, m_reason, note, m_problem})
        layout->addWidget(part);
    layout->addSpacing(8);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(kWidth);
    connect(m_reason, &QLineEdit::textChanged, this, &CountAsDialog::follow);
    connect(m_choices, &QButtonGroup::idToggled, this, &CountAsDialog::follow);
    follow();
    // What wraps has no height of its own before it has a width.
    resize(kWidth, layout->totalHeightForWidth(kWidth));
}

void CountAsDialog::addChoice(QVBoxLayout *layout, OutageClass outageClass, const QString &text,
                              const QString &consequence)
{
    auto *button = new QRadioButton(text, this);
    button->setObjectName(outageClassId(outageClass).toString());
    button->setAccessibleDescription(consequence);
    button->setChecked(outageClass == m_current);
    m_choices->addButton(button, static_cast<int>(outageClass));
    auto *explanation = plainLabel(consequence, this);
    explanation->setContentsMargins(kIndent, 0, 0, 6);
    layout->addWidget(button);
    layout->addWidget(explanation);
}

OutageClass CountAsDialog::choice() const
{
    return static_cast<OutageClass>(m_choices->checkedId());
}

void CountAsDialog::follow()
{
    m_problem->setVisible(!m_problem->text().isEmpty());
    const bool saysSomething = m_isSaid || choice() != m_current;
    m_store->setEnabled(!m_storing && saysSomething && !m_reason->text().trimmed().isEmpty());
}

/// What is being stored is waited for, so that the page behind shows it.
void CountAsDialog::reject()
{
    if (!m_storing)
        QDialog::reject();
}

void CountAsDialog::store()
{
    m_problem->clear();
    m_storing = true;
    follow();
    whenAnswered(m_watch.countOutageAs(m_incident, choice(), m_reason->text().trimmed()), this,
                 [this](const Result<void> &stored) {
                     m_storing = false;
                     if (stored) {
                         accept();
                         return;
                     }
                     m_problem->setText(stored.error().sentence);
                     follow();
                 });
}

} // namespace backwatch
