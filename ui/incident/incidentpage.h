// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;
class QSplitter;
class QStackedLayout;

namespace backwatch {

class EvidenceView;
class IncidentHeader;

/// One incident: left what was seen, right what to do about it.
class IncidentPage : public QWidget
{
    Q_OBJECT

public:
    explicit IncidentPage(Watch &watch, QWidget *parent = nullptr);

    using QWidget::show;
    /// Asks for the incident and shows it when it comes; replaces what was shown before.
    void show(IncidentId id);

Q_SIGNALS:
    void backRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *createNotice();
    QWidget *createContent();
    void load();
    void showNotice(const QString &text, bool canRetry);
    void showFile(const IncidentFile &file);
    void refresh();
    void askHowItCounts();
    void recount();
    void restyle();

    Watch &m_watch;
    IncidentId m_id = 0;
    Incident m_incident; ///< the one on screen
    QList<Classification> m_said;
    int m_request = 0; ///< an answer to an older one is not shown
    IncidentHeader *m_header;
    QStackedLayout *m_stack;
    QLabel *m_notice = nullptr;
    QPushButton *m_retry = nullptr;
    QScrollArea *m_evidence = nullptr;
    EvidenceView *m_seen = nullptr;
    QScrollArea *m_guide = nullptr;
    QSplitter *m_splitter = nullptr;
    QTimer m_second;
};

} // namespace backwatch
