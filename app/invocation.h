// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace backwatch {

/// What the program was called with, before any command looks at its own arguments.
struct Invocation
{
    QString dataDirectory; ///< empty: the default
    bool wall = false;
    bool demo = false;
    QString screenshots; ///< folder, empty: none
    QString theme = QStringLiteral("system");
    QString command; ///< empty: open the window
    QStringList commandArguments;
    bool help = false;
    bool version = false;
    QString error; ///< a sentence, empty when all is well

    bool needsScreen() const { return command.isEmpty() && !help && !version && error.isEmpty(); }
};

/// @param arguments without the program's name
/// @param commands  the words that are commands
Invocation readInvocation(const QStringList &arguments, const QStringList &commands);

QString usage(const QStringList &commands);

} // namespace backwatch
