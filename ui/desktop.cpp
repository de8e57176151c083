// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop.h"

#include "ui/incident/incidentpage.h"
#include "ui/monitor/monitorpage.h"

namespace backwatch {

std::unique_ptr<MainWindow> createDesktop(Watch &watch)
{
    auto window = std::make_unique<MainWindow>(watch);
    auto *monitorPage = new MonitorPage(watch);
    auto *incidentPage = new IncidentPage(watch);
    window->setMonitorPage(monitorPage, [monitorPage](MonitorId id) { monitorPage->show(id); });
    window->setIncidentPage(incidentPage, [incidentPage](IncidentId id) { incidentPage->show(id); });
    QObject::connect(monitorPage, &MonitorPage::incidentActivated, window.get(), &MainWindow::showIncident);
    QObject::connect(monitorPage, &MonitorPage::backRequested, window.get(), &MainWindow::goBack);
    QObject::connect(incidentPage, &IncidentPage::backRequested, window.get(), &MainWindow::goBack);
    return window;
}

} // namespace backwatch
