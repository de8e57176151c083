// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QDialog>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace backwatch {

/// Asks what an outage is to count as, and why; closes once that is stored.
class CountAsDialog : public QDialog
{
    Q_OBJECT

public:
    /// @param current what it counts as
    /// @param isSaid somebody has said so; otherwise there is nothing to confirm
    CountAsDialog(Watch &watch, IncidentId incident, OutageClass current, bool isSaid,
                  QWidget *parent = nullptr);

    void reject() override;

private:
    void addChoice(QVBoxLayout *layout, OutageClass outageClass, const QString &text,
                   const QString &consequence);
    OutageClass choice() const;
    void follow();
    void store();

    Watch &m_watch;
    const IncidentId m_incident;
    const OutageClass m_current;
    const bool m_isSaid;
    QButtonGroup *m_choices;
    QLineEdit *m_reason;
    QLabel *m_problem;
    QPushButton *m_store = nullptr;
    bool m_storing = false;
};

} // namespace backwatch
