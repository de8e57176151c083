// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace backwatch {

enum class Risk { ReadOnly, Reversible, Disruptive };

/// A command that the admin may copy and run on the server.
struct GuideCommand
{
    QString command;
    QString purpose; ///< one sentence
    Risk risk = Risk::ReadOnly;
};

/// One step on the way to the cure.
struct GuideStep
{
    QString id;    ///< server-logs, server-load, backend-services, application-code, server-configuration,
                   ///< clear-cache, contact-provider
    QString title; ///< "Read the server's logs"
    QString why;   ///< what this step looks at and why now, in the language of the stack
    QList<GuideCommand> commands;
    QStringList reading; ///< how to read what they print: "A line with X means Y."
};

/// What to do about one incident.
struct Guide
{
    QString verdict; ///< one sentence
    QStringList facts;
    QList<GuideStep> steps; ///< all seven, most useful first
};

} // namespace backwatch
