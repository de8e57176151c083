// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/exchange.h"
#include "app/core/result.h"
#include "app/service/datadirectory.h"
#include "app/service/inquiry.h"
#include "app/service/loadonce.h"
#include "app/service/secretdoor.h"

#include <QCommandLineParser>
#include <QStringList>
#include <QTextStream>

#include <functional>
#include <optional>

namespace backwatch {

/// Exit codes besides a command's own; after sysexits.h.
enum ExitCode {
    kExitOk = 0,
    kExitUnknown = 3, ///< of `check`, as monitoring systems take it
    kExitUsage = 64,
    kExitInvalid = 65,
    kExitUnreadable = 66,
    kExitUnavailable = 69,
    kExitUnwritable = 73,
};

/// What a command works with; main.cpp fills it.
struct CommandContext
{
    DataDirectory directory;
    Clock &clock;
    std::function<CheckResult(const Monitor &)> check; ///< makes one check and waits for it
    std::function<Result<int>()> runHeadless;          ///< polls until it is told to end
    QTextStream &out;
    QTextStream &err;
    std::function<SecretDoor()> secrets = {}; ///< opens the keychain
    /// Asks about a failure and waits for the answers; without it a diagnosis asks nothing.
    std::function<QList<AnsweredQuestion>(const InquiryCase &)> inquire = {};
    int input = 0; ///< file descriptor that a secret value is read from
    /// Reads the load of the machines behind a service; without it a diagnosis knows none.
    std::function<LoadOnce(const Service &)> readLoad = {};
};

/// The words that runCommand() knows.
QStringList commandNames();

/// @param arguments what follows the command's word
/// @return the exit code of the program
int runCommand(const QString &name, const QStringList &arguments, CommandContext &context);

/// Reads arguments; where they are wrong, says so on err with the usage and gives nothing.
bool parseArguments(QCommandLineParser &parser, const QString &command, const QStringList &arguments,
                    CommandContext &context);

int exitCodeOf(const Error &error);
/// Prints the sentence on err and gives its exit code.
int report(const Error &error, CommandContext &context);

} // namespace backwatch
