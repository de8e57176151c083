// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/palette.h"

#include "app/core/answercode.h"

#include <QGuiApplication>
#include <QPalette>

#include <algorithm>
#include <cmath>

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
    static const Hues onLight{QColor(0x00, 0x7a, 0x5a), QColor(0x9a, 0x5f, 0x00), QColor(0xc4, 0x46, 0x00),
                              QColor(0xa3, 0x4f, 0x7f), QColor(0x00, 0x66, 0xa6), QColor(0x5f, 0x67, 0x73)};
    static const Hues onDark{QColor(0x2b, 0xc4, 0x98), QColor(0xe6, 0x9f, 0x00), QColor(0xff, 0x7a, 0x3d),
                             QColor(0xd9, 0x8f, 0xbb), QColor(0x56, 0xb4, 0xe9), QColor(0x9a, 0xa3, 0xaf)};
    return dark ? onDark : onLight;
}

// The codes stand side by side in bars of a few pixels, where no shape helps. Their lightness was spread
// until every two of them differ for protan, deutan and tritan sight (tst_palette measures it).
struct CodeHues
{
    QColor success, redirection, clientError, serverError, unavailable, noAnswer;
};

const CodeHues &codeHues(bool dark)
{
    static const CodeHues onLight{QColor(0x17, 0x9c, 0x66), QColor(0x11, 0x4e, 0x68),
                                  QColor(0xb0, 0x82, 0x05), QColor(0x94, 0x2c, 0x00),
                                  QColor(0xf0, 0x2c, 0xb0), QColor(0x1f, 0x21, 0x25)};
    static const CodeHues onDark{QColor(0x8a, 0xee, 0xd2), QColor(0x1f, 0x8e, 0xf0),
                                 QColor(0xab, 0x82, 0x10), QColor(0xff, 0x9a, 0x5c),
                                 QColor(0xe0, 0x30, 0x7c), QColor(0x98, 0xa4, 0xb5)};
    return dark ? onDark : onLight;
}

QColor withoutHue(const QColor &colour)
{
    const int grey = qGray(colour.rgb());
    return QColor(grey, grey, grey);
}

double luminance(const QColor &colour)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
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

QColor Palette::controlEdge() const
{
    return blended(surface, mutedText, 0.75);
}

QColor Palette::state(State state) const
{
    const Hues &h = hues(dark);
    // White text stands on Down in both themes, so it is the darker vermilion.
    const auto hue = [&] {
        switch (state) {
        case State::Up:
            return h.bluishGreen;
        case State::Degraded:
        case State::Suspect:
            return h.amber;
        case State::Down:
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
    };
    return faded ? withoutHue(hue()) : hue();
}

QColor Palette::stateText(State state) const
{
    return state == State::Down && !faded ? hues(dark).vermilion : this->state(state);
}

QColor Palette::onState(State state) const
{
    if (state == State::Down)
        return Qt::white;
    return dark ? QColor(0x10, 0x14, 0x19) : QColor(Qt::white);
}

QColor Palette::code(int httpStatus) const
{
    const CodeHues &h = codeHues(dark);
    const auto hue = [&] {
        if (httpStatus == kNoAnswer)
            return h.noAnswer;
        if (httpStatus == kAnswered)
            return h.success;
        if (httpStatus == kWrongAnswer)
            return h.serverError;
        if (httpStatus == 503)
            return h.unavailable;
        switch (httpStatus / 100) {
        case 2:
            return h.success;
        case 3:
            return h.redirection;
        case 4:
            return h.clientError;
        case 5:
            return h.serverError;
        default:
            return hues(dark).grey;
        }
    };
    return faded ? withoutHue(hue()) : hue();
}

Palette fadedPalette(const Palette &palette)
{
    Palette p = palette;
    p.faded = true;
    for (QColor *colour :
         {&p.window, &p.surface, &p.surfaceEdge, &p.text, &p.mutedText, &p.accent, &p.grid, &p.hatch})
        *colour = withoutHue(*colour);
    p.text = p.mutedText;
    return p;
}

QColor blended(const QColor &under, const QColor &over, qreal share)
{
    const auto mix = [share](int a, int b) { return qRound(a + (b - a) * share); };
    return QColor(mix(under.red(), over.red()), mix(under.green(), over.green()),
                  mix(under.blue(), over.blue()));
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

Palette currentPalette()
{
    return QGuiApplication::palette().color(QPalette::Window).lightness() < 128 ? darkPalette()
                                                                                : lightPalette();
}

} // namespace backwatch
