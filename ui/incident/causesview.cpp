// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/causesview.h"

#include "app/diagnosis/causewords.h"
#include "ui/incident/section.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace backwatch {

namespace {

/// What to do shall be in sight; the rest is a press of a button away.
constexpr qsizetype kShown = 2;

void addSentences(QWidget *parent, QVBoxLayout *layout, const QString &pattern, const QStringList &sentences)
{
    for (const auto &sentence : sentences)
        layout->addWidget(plainLabel(pattern.arg(sentence), parent));
}

void addCause(QWidget *parent, QVBoxLayout *layout, const Cause &cause)
{
    auto *name = plainLabel(
        CausesView::tr("%1 (confidence: %2)").arg(causeName(cause.kind), confidenceName(cause.confidence)),
        parent);
    name->setObjectName(QStringLiteral("cause"));
    name->setProperty("look", QStringLiteral("heading"));
    layout->addWidget(name);
    addSentences(parent, layout, CausesView::tr("For: %1"), cause.supporting);
    addSentences(parent, layout, CausesView::tr("Against: %1"), cause.opposing);
    layout->addWidget(mutedLabel(CausesView::tr("Disproved by: %1").arg(cause.disprovedBy), parent));
}

} // namespace

CausesView::CausesView(const Diagnosis &diagnosis, QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("causes"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    if (!diagnosis.causes.isEmpty())
        layout->addWidget(createCauses(diagnosis.causes));
    if (!diagnosis.questions.isEmpty())
        layout->addWidget(createQuestions(diagnosis.questions));
}

QWidget *CausesView::createCauses(const QList<Cause> &causes)
{
    auto *section = new Section(tr("Possible causes, the most likely first"));
    const qsizetype shown = qMin(kShown, causes.size());
    for (const auto &cause : causes.first(shown))
        addCause(section, section->content(), cause);
    if (causes.size() > shown)
        addFurther(section, causes.mid(shown));
    return section;
}

void CausesView::addFurther(Section *section, const QList<Cause> &causes)
{
    auto *further = new QWidget(section);
    auto *layout = new QVBoxLayout(further);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(section->content()->spacing());
    for (const auto &cause : causes)
        addCause(further, layout, cause);
    further->hide();
    auto *toggle = new QPushButton(section);
    toggle->setObjectName(QStringLiteral("furtherCauses"));
    toggle->setCheckable(true);
    const auto follow = [toggle, further, count = static_cast<int>(causes.size())] {
        further->setVisible(toggle->isChecked());
        toggle->setText(toggle->isChecked() ? tr("Show only the most likely causes")
                                            : tr("Show %n cause(s) that are less likely", nullptr, count));
    };
    follow();
    connect(toggle, &QPushButton::toggled, further, follow);
    section->content()->addWidget(further);
    section->content()->addWidget(toggle, 0, Qt::AlignLeading);
}

QWidget *CausesView::createQuestions(const QList<AnsweredQuestion> &questions)
{
    auto *section = new Section(tr("What was asked"));
    for (const auto &one : questions) {
        section->content()->addWidget(plainLabel(one.question, section));
        section->content()->addWidget(plainLabel(one.answer, section));
        section->content()->addWidget(mutedLabel(one.consequence, section));
    }
    return section;
}

} // namespace backwatch
