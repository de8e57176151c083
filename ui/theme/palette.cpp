// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/palette.h"

#include <QGuiApplication>
#include <QPalette>

namespace backwatch {

namespace {

// Hues after M. Okabe and K. Ito, "Color Universal Design" (2008); lightened or darkened where AA contrast on
// the theme's own surface asks for it.
struct Hues
{
    QColor bluishGreen, amber, vermilion, purple, blue, grey;
};

const Hues &hues(bool dark)
{
    static const Hues onLight{QColor(0x00, 0x7a, 0x5a), QColor(0xb0, 0x6f, 0x00), QColor(0xc4, 0x46, 0x00),
                              QColor(0xa3, 0x4f, 0x7f), QColor(0x00, 0x66, 0xa6), QColor(0x6b, 0x72, 0x80)};
    static const Hues onDark{QColor(0x2b, 0xc4, 0x98), QColor(0xe6, 0x9f, 0x00), QColor(0xe8, 0x62, 0x1a),
                             QColor(0xd9, 0x8f, 0xbb), QColor(0x56, 0xb4, 0xe9), QColor(0x9a, 0xa3, 0xaf)};
    return dark ? onDark : onLight;
}

} // namespace

Palette lightPalette()
{
    Palette p;
    p.dark = false;
    p.window = QColor(0xf3, 0xf5, 0xf7);
    p.surface = QColor(0xff, 0xff, 0xff);
    p.surfaceEdge = QColor(0xd8, 0xdd, 0xe3);
    p.text = QColor(0x16, 0x1b, 0x22);
    p.mutedText = QColor(0x55, 0x5f, 0x6b);
    p.accent = QColor(0x00, 0x5f, 0x9e);
    p.grid = QColor(0xe3, 0xe7, 0xeb);
    p.hatch = QColor(0xb3, 0xbb, 0xc4);
    return p;
}

Palette darkPalette()
{
    Palette p;
    p.dark = true;
    p.window = QColor(0x10, 0x14, 0x19);
    p.surface = QColor(0x1a, 0x20, 0x27);
    p.surfaceEdge = QColor(0x2d, 0x36, 0x40);
    p.text = QColor(0xe9, 0xed, 0xf2);
    p.mutedText = QColor(0x9d, 0xa8, 0xb5);
    p.accent = QColor(0x6c, 0xbc, 0xf0);
    p.grid = QColor(0x29, 0x32, 0x3b);
    p.hatch = QColor(0x4d, 0x58, 0x64);
    return p;
}

QColor Palette::state(State state) const
{
    const Hues &h = hues(dark);
    switch (state) {
    case State::Up:
        return h.bluishGreen;
    case State::Degraded:
    case State::Suspect:
        return h.amber;
    case State::Down:
        // White text stands on this one in both themes (UX), so it is the darker vermilion.
        return hues(false).vermilion;
    case State::Unreachable:
        return h.purple;
    case State::Maintenance:
        return h.blue;
    case State::NotObserved:
    case State::Paused:
        return h.grey;
    }
    return h.grey;
}

QColor Palette::onState(State state) const
{
    if (state == State::Down)
        return Qt::white;
    return dark ? QColor(0x10, 0x14, 0x19) : QColor(Qt::white);
}

QColor Palette::code(int httpStatus) const
{
    const Hues &h = hues(dark);
    if (httpStatus == 0)
        return dark ? QColor(0x6f, 0x78, 0x83) : QColor(0x3c, 0x44, 0x4d);
    if (httpStatus == 503)
        return dark ? QColor(0xff, 0x4d, 0x6d) : QColor(0xb0, 0x00, 0x3a);
    switch (httpStatus / 100) {
    case 2:
        return h.bluishGreen;
    case 3:
        return h.blue;
    case 4:
        return h.amber;
    case 5:
        return h.vermilion;
    default:
        return h.grey;
    }
}

Palette currentPalette()
{
    return QGuiApplication::palette().color(QPalette::Window).lightness() < 128 ? darkPalette()
                                                                                : lightPalette();
}

} // namespace backwatch
