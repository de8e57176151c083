// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace backwatch {

class StateMark;

/// One field to add a website by its address.
class AddWebsite : public QWidget
{
    Q_OBJECT

public:
    explicit AddWebsite(Watch &watch, QWidget *parent = nullptr);

    QLineEdit *field() const { return m_field; }
    QPushButton *button() const { return m_button; }
    QString error() const; ///< the sentence under the field; empty when all is well
    bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void addressEntered(const QString &address);
    /// It is watched now; the field is empty again.
    void added(backwatch::MonitorId id);

private:
    void submit();
    void finish(const Result<MonitorId> &result);
    void setBusy(bool busy);
    void showError(const QString &sentence);

    Watch &m_watch;
    QLineEdit *m_field;
    QPushButton *m_button;
    StateMark *m_mark;
    QLabel *m_line; ///< the error, or what is going on
    QString m_error;
    bool m_busy = false;
};

} // namespace backwatch
