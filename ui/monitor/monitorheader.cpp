// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/monitorheader.h"

#include "app/core/answercode.h"
#include "ui/charts/axisformatter.h"
#include "ui/theme/format.h"
#include "ui/theme/statemark.h"
#include "ui/theme/stateshape.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace backwatch {

namespace {

QLabel *plainLabel(const QString &objectName, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(objectName);
    // Names, addresses and details come from people and servers: never rich text.
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setMinimumWidth(40);
    return label;
}

QString agoText(UtcMs then, UtcMs now)
{
    return MonitorHeader::tr("%1 ago").arg(
        formatSpan(milliseconds(std::max<qint64>(0, now - then)), QLocale()));
}

QString answerText(const MonitorStatus &status, UtcMs now)
{
    if (!status.last)
        return MonitorHeader::tr("None yet");
    const Sample &last = *status.last;
    const QString when = agoText(last.startedAt, now);
    if (answerCode(last.outcome, last.httpStatus) == kNoAnswer)
        return MonitorHeader::tr("No answer, %1", "how long ago").arg(when);
    return MonitorHeader::tr("%1 in %2, %3", "code, latency, how long ago")
        .arg(answerWord(last), formatLatency(last.phases.total, QLocale()), when);
}

QString failureText(const MonitorStatus &status, UtcMs now)
{
    if (!status.cause.isEmpty())
        return status.cause;
    for (auto it = status.lastHour.crbegin(); it != status.lastHour.crend(); ++it) {
        if (judgementOf(it->sample.outcome) == Judgement::Failed)
            return MonitorHeader::tr("%1, %2", "what failed, how long ago")
                .arg(it->sample.detail, agoText(it->sample.startedAt, now));
    }
    return MonitorHeader::tr("None in the last hour");
}

QString stateText(const MonitorState &state, UtcMs now, const QTimeZone &zone)
{
    const QString word = stateWord(state.state);
    if (state.since <= 0)
        return word;
    return MonitorHeader::tr("%1 since %2 (%3)", "state, moment, how long")
        .arg(word, formatMoment(state.since, zone, QLocale()),
             formatSpan(milliseconds(std::max<qint64>(0, now - state.since)), QLocale()));
}

} // namespace

MonitorHeader::MonitorHeader(QWidget *parent)
    : QWidget(parent)
    , m_badge(new StateMark(State::NotObserved, this))
    , m_name(plainLabel(QStringLiteral("monitorName"), this))
    , m_target(plainLabel(QStringLiteral("monitorTarget"), this))
    , m_notice(plainLabel(QStringLiteral("notice"), this))
    , m_loadFaults(plainLabel(QStringLiteral("loadFaults"), this))
    , m_check(new QPushButton(this))
    , m_pause(new QPushButton(this))
{
    setObjectName(QStringLiteral("monitorHeader"));
    auto *back = new QPushButton(tr("Back"), this);
    back->setObjectName(QStringLiteral("back"));
    back->setAccessibleName(tr("Back to the overview"));
    m_check->setObjectName(QStringLiteral("checkNow"));
    m_pause->setObjectName(QStringLiteral("pause"));
    setChecking(false);

    auto *names = new QVBoxLayout;
    names->setSpacing(1);
    names->addWidget(m_name);
    names->addWidget(m_target);
    auto *top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(back);
    m_badge->setFixedSize(30, 30);
    top->addWidget(m_badge);
    top->addLayout(names, 1);
    top->addWidget(m_check);
    top->addWidget(m_pause);

    auto *facts = new QHBoxLayout;
    facts->setSpacing(36);
    m_state = addFact(facts, tr("State"), QStringLiteral("stateText"), 0);
    m_answer = addFact(facts, tr("Latest answer"), QStringLiteral("latestAnswer"), 0);
    m_availability = addFact(facts, tr("Available, 24 h"), QStringLiteral("availability"), 0);
    m_failure = addFact(facts, tr("Last failure"), QStringLiteral("lastFailure"), 1);
    m_failure->setWordWrap(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addLayout(top);
    layout->addLayout(facts);
    layout->addWidget(m_notice);
    m_notice->setWordWrap(true);
    m_notice->hide();
    layout->addWidget(m_loadFaults);
    m_loadFaults->setWordWrap(true);
    m_loadFaults->setAccessibleDescription(tr("What keeps the load of the machines behind from being read"));
    m_loadFaults->hide();

    connect(back, &QPushButton::clicked, this, &MonitorHeader::backRequested);
    connect(m_check, &QPushButton::clicked, this, &MonitorHeader::checkRequested);
    connect(m_pause, &QPushButton::clicked, this, [this] { Q_EMIT pauseRequested(!m_paused); });
}

QLabel *MonitorHeader::addFact(QLayout *row, const QString &caption, const QString &objectName, int stretch)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    auto *title = new QLabel(caption, this);
    title->setProperty("caption", true);
    auto *value = plainLabel(objectName, this);
    value->setAccessibleDescription(caption);
    column->addWidget(title);
    column->addWidget(value);
    column->addStretch(); // so that all captions stay in line when one value needs a second one
    static_cast<QHBoxLayout *>(row)->addLayout(column, stretch);
    return value;
}

void MonitorHeader::setMonitor(const Monitor &monitor)
{
    m_name->setText(monitor.service.isEmpty()
                        ? monitor.name
                        : tr("%1 · %2", "service, monitor").arg(monitor.service, monitor.name));
    m_target->setText(checkTarget(monitor.check));
    m_target->setToolTip(checkTarget(monitor.check).toHtmlEscaped());
    m_paused = monitor.paused;
    m_pause->setText(m_paused ? tr("Resume") : tr("Pause"));
    m_pause->setAccessibleName(m_paused ? tr("Resume checking %1").arg(monitor.name)
                                        : tr("Pause checking %1").arg(monitor.name));
}

void MonitorHeader::setStatus(const MonitorStatus &status, UtcMs now, const QTimeZone &zone)
{
    m_badge->setState(status.state.state);
    m_state->setText(stateText(status.state, now, zone));
    m_answer->setText(answerText(status, now));
    m_failure->setText(failureText(status, now));
    m_failure->setToolTip(m_failure->text().toHtmlEscaped());
    // Rounded down: 100 % means no failure at all.
    m_availability->setText(
        status.availability24h
            ? tr("%1 %").arg(QLocale().toString(std::floor(*status.availability24h * 10'000) / 100, 'f', 2))
            : tr("Not known yet"));
}

void MonitorHeader::setNotice(const QString &sentence)
{
    m_notice->setText(sentence);
    m_notice->setVisible(!sentence.isEmpty());
}

void MonitorHeader::setLoadFaults(const QStringList &sentences)
{
    m_loadFaults->setText(sentences.join(u'\n'));
    m_loadFaults->setVisible(!sentences.isEmpty());
}

void MonitorHeader::setChecking(bool checking)
{
    m_check->setText(checking ? tr("Checking…") : tr("Check now"));
    m_check->setEnabled(!checking);
}

} // namespace backwatch
