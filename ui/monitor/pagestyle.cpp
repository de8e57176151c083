// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/pagestyle.h"

namespace backwatch {

namespace {

// %1 surface, %2 edge, %3 text, %4 muted, %5 accent, %6 text on accent, %7 window, %8 grid, %9 amber
constexpr QStringView kSheet = uR"(
#monitorPage { background: %7; }
QLabel { color: %3; }
#monitorName { font-size: 22px; font-weight: 600; }
#monitorTarget, QLabel[caption="true"], #noIncidents { color: %4; }
QLabel[caption="true"] { font-size: 12px; }
#stateText, #latestAnswer, #lastFailure, #availability { font-size: 14px; }
#incidentTitle { font-size: 13px; font-weight: 600; }
#chartError { font-size: 14px; padding: 24px; background: transparent; }
#notice { background: %1; border: 1px solid %2; border-radius: 6px; padding: 8px 12px; }
#loadFaults { background: %1; border: 1px solid %9; border-radius: 6px; padding: 3px 12px; }
QPushButton {
    background: %1; color: %3; border: 1px solid %2; border-radius: 6px; padding: 5px 14px; min-height: 20px;
}
QPushButton:hover, QPushButton:pressed { background: %8; }
QPushButton:disabled { color: %4; background: %7; }
QPushButton:focus { border: 2px solid %5; padding: 4px 13px; }
#rangeBar QPushButton:checked { background: %5; color: %6; border-color: %5; font-weight: 600; }
#rangeBar QPushButton:checked:focus { border: 2px solid %3; }
QTreeWidget {
    background: %1; color: %3; border: 1px solid %2; selection-background-color: %5; selection-color: %6;
    outline: 0; border-radius: 8px; padding: 2px;
}
QTreeWidget:focus { border: 2px solid %5; padding: 1px; }
QTreeWidget::item { padding: 3px 14px; border: 0; }
QTreeWidget::item:selected { background: %5; color: %6; }
QHeaderView { background: %1; border: 0; }
QHeaderView::section {
    background: %1; color: %4; border: 0; border-bottom: 1px solid %2; padding: 5px 17px; font-size: 12px;
}
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: %2; border-radius: 3px; min-height: 24px; }
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical { height: 0; }
QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical { background: transparent; }
)";

} // namespace

QString monitorPageStyle(const Palette &palette)
{
    const QColor onAccent = palette.dark ? palette.window : QColor(Qt::white);
    return kSheet.toString().arg(palette.surface.name(), palette.surfaceEdge.name(), palette.text.name(),
                                 palette.mutedText.name(), palette.accent.name(), onAccent.name(),
                                 palette.window.name(), palette.grid.name(),
                                 palette.state(State::Degraded).name());
}

} // namespace backwatch
