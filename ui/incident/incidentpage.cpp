// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/incidentpage.h"

#include "app/core/whenanswered.h"
#include "ui/incident/countasdialog.h"
#include "ui/incident/countview.h"
#include "ui/incident/evidenceview.h"
#include "ui/incident/guideview.h"
#include "ui/incident/incidentheader.h"
#include "ui/incident/section.h"
#include "ui/theme/palette.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace backwatch {

namespace {

QString styleSheetFor(const Palette &palette)
{
    static const QString kSheet = QStringLiteral(R"(
        IncidentPage, QScrollArea, EvidenceView, GuideView { background: %1; }
        QSplitter::handle { background: %1; }
        QFrame[look="card"] { background: %2; border: 1px solid %3; border-radius: 8px; }
        QLabel { color: %4; background: transparent; border: none; }
        QLabel[look="muted"] { color: %5; }
        QLabel[look="heading"] { font-weight: bold; }
        QLabel[look="subheading"] { font-weight: bold; color: %5; }
        QLabel[look="verdict"] { font-size: 17pt; font-weight: bold; }
        QPlainTextEdit { color: %4; background: transparent; border: none; padding: 0; }
        QPlainTextEdit[look="code"] { background: %1; border: 1px solid %3; border-radius: 4px; }
        QPlainTextEdit[look="code"]:focus { border: 1px solid %6; }
    )");
    return kSheet.arg(palette.window.name(), palette.surface.name(), palette.surfaceEdge.name(),
                      palette.text.name(), palette.mutedText.name(), palette.accent.name());
}

QScrollArea *createScrollArea(const QString &accessibleName)
{
    auto *area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setAccessibleName(accessibleName);
    return area;
}

} // namespace

IncidentPage::IncidentPage(Watch &watch, QWidget *parent)
    : QWidget(parent), m_watch(watch), m_header(new IncidentHeader(this)), m_stack(new QStackedLayout)
{
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(12);
    layout->addWidget(m_header);
    layout->addLayout(m_stack, 1);
    m_stack->addWidget(createNotice());
    m_stack->addWidget(createContent());

    connect(m_header, &IncidentHeader::backRequested, this, &IncidentPage::backRequested);
    connect(m_header, &IncidentHeader::checkRequested, this,
            [this] { m_watch.checkNow(m_incident.monitor); });
    connect(m_header, &IncidentHeader::countRequested, this, &IncidentPage::askHowItCounts);
    const auto reloadIfOurs = [this](const Incident &incident) {
        if (m_id != 0 && incident.id == m_id)
            load();
    };
    connect(&m_watch, &Watch::incidentClosed, this, reloadIfOurs);
    connect(&m_watch, &Watch::statusChanged, this, &IncidentPage::refresh);
    m_second.setInterval(1'000);
    connect(&m_second, &QTimer::timeout, this, &IncidentPage::refresh);
    restyle();
}

QWidget *IncidentPage::createNotice()
{
    auto *page = new QWidget;
    m_notice = plainLabel({}, page);
    m_notice->setObjectName(QStringLiteral("notice"));
    m_notice->setAlignment(Qt::AlignCenter);
    m_retry = new QPushButton(tr("Try again"), page);
    m_retry->setObjectName(QStringLiteral("retry"));
    connect(m_retry, &QPushButton::clicked, this, &IncidentPage::load);
    auto *layout = new QVBoxLayout(page);
    layout->addStretch();
    layout->addWidget(m_notice);
    layout->addWidget(m_retry, 0, Qt::AlignHCenter);
    layout->addStretch();
    return page;
}

QWidget *IncidentPage::createContent()
{
    m_splitter = new QSplitter(Qt::Horizontal);
    m_evidence = createScrollArea(tr("What was seen"));
    m_guide = createScrollArea(tr("What to do"));
    m_splitter->addWidget(m_evidence);
    m_splitter->addWidget(m_guide);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(12);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({1'000, 1'000});
    return m_splitter;
}

void IncidentPage::show(IncidentId id)
{
    m_id = id;
    m_incident = {};
    m_header->clear();
    showNotice(tr("Loading the incident …"), false);
    load();
    QWidget::show();
}

void IncidentPage::load()
{
    const int request = ++m_request;
    auto file = m_watch.incidentFile(m_id);
    whenAnswered(file, this, [this, request](const Result<IncidentFile> &answer) {
        if (request != m_request)
            return;
        if (answer)
            showFile(*answer);
        else
            showNotice(answer.error().sentence, true);
    }).onCanceled(qApp, [self = QPointer(this), request] {
        if (self && request == self->m_request)
            self->showNotice(tr("The incident could not be loaded: the watch was stopped. Try again."), true);
    });
}

void IncidentPage::showNotice(const QString &text, bool canRetry)
{
    m_second.stop();
    m_notice->setText(text);
    m_retry->setVisible(canRetry);
    m_stack->setCurrentIndex(0);
}

void IncidentPage::showFile(const IncidentFile &file)
{
    m_incident = file.incident;
    const auto monitor = m_watch.monitor(file.incident.monitor);
    m_header->showFile(file, monitor, m_watch.status(file.incident.monitor).state.state, m_watch.now());
    m_said = file.said;
    m_seen = new EvidenceView(file, monitor);
    connect(m_seen->counts(), &CountView::changeRequested, this, &IncidentPage::askHowItCounts);
    m_evidence->setWidget(m_seen);
    m_guide->setWidget(new GuideView(file.guide, file.diagnosis));
    m_stack->setCurrentIndex(1);
    if (!m_incident.closedAt)
        m_second.start();
}

void IncidentPage::refresh()
{
    if (m_incident.id == 0 || m_stack->currentIndex() == 0)
        return;
    m_header->showTime(m_watch.now());
    m_header->showState(m_watch.status(m_incident.monitor).state.state);
}

void IncidentPage::askHowItCounts()
{
    const bool isSaid = !m_said.isEmpty();
    const OutageClass current = isSaid ? m_said.last().countsAs : OutageClass::Outage;
    auto *dialog = new CountAsDialog(m_watch, m_id, current, isSaid, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, &IncidentPage::recount);
    dialog->open();
}

/// What stands on the page stays where it is read; only what it counts as is new.
void IncidentPage::recount()
{
    whenAnswered(m_watch.incidentFile(m_id), this, [this](const Result<IncidentFile> &file) {
        if (!file) {
            showNotice(file.error().sentence, true);
            return;
        }
        if (file->incident.id != m_incident.id || m_stack->currentIndex() == 0)
            return; // somebody turned to another one
        m_said = file->said;
        m_header->showCount(countsAs(*file));
        m_seen->counts()->showFile(*file);
    });
}

void IncidentPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
}

void IncidentPage::restyle()
{
    // Setting a sheet makes Qt send a change of the palette again.
    const QString sheet = styleSheetFor(currentPalette());
    if (sheet != styleSheet())
        setStyleSheet(sheet);
}

} // namespace backwatch
