// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"
#include "ui/incident/section.h"

class QPushButton;

namespace backwatch {

/// What an outage counts as in figures of availability, who said so and why, and what the figure is then.
class CountView : public Section
{
    Q_OBJECT

public:
    explicit CountView(const IncidentFile &file, QWidget *parent = nullptr);

    /// The same incident after something was said of it.
    void showFile(const IncidentFile &file);

Q_SIGNALS:
    void changeRequested();

private:
    QLabel *m_counts;
    QLabel *m_availability;
    QVBoxLayout *m_said;
};

/// Nothing said: an outage.
OutageClass countsAs(const IncidentFile &file);

} // namespace backwatch
