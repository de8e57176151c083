// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace backwatch {

/// The known word that somebody most likely meant; empty when none is close.
QString closestWord(const QString &word, const QStringList &known);

/// " Did you mean \"interval\"?" or nothing, to stand behind a sentence.
QString didYouMean(const QString &word, const QStringList &known);

} // namespace backwatch
