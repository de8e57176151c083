// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/typography.h"

#include <QFontInfo>
#include <QGuiApplication>

#include <algorithm>

namespace backwatch {

namespace {

struct Cut
{
    qreal scale;
    QFont::Weight weight;
};

Cut cutOf(TextRole role)
{
    switch (role) {
    case TextRole::Caption:
        return {0.88, QFont::Normal};
    case TextRole::Body:
        return {1, QFont::Normal};
    case TextRole::Strong:
        return {1, QFont::Bold};
    case TextRole::Lead:
        return {1.15, QFont::Normal};
    case TextRole::Subtitle:
        return {1.2, QFont::Bold};
    case TextRole::Title:
        return {1.7, QFont::Bold};
    case TextRole::Display:
        return {2.1, QFont::Bold};
    }
    return {1, QFont::Normal};
}

} // namespace

QFont textFont(TextRole role)
{
    const Cut cut = cutOf(role);
    const int base = QFontInfo(QGuiApplication::font()).pixelSize();
    return sizedFont(base * cut.scale, cut.weight);
}

QFont sizedFont(qreal pixels, QFont::Weight weight)
{
    QFont font = QGuiApplication::font();
    font.setPixelSize(std::max(1, qRound(pixels)));
    font.setWeight(weight);
    return withTabularFigures(font);
}

QFont withTabularFigures(QFont font)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature("tnum", 1);
#endif
    return font;
}

} // namespace backwatch
