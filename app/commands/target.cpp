// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/target.h"

#include "app/service/checkonce.h"
#include "app/service/storedconfiguration.h"

#include <QCoreApplication>

namespace backwatch {

Result<Monitor> targetOf(const QString &target, const CommandContext &context)
{
    if (target.contains(QStringLiteral("://")))
        return monitorForUrl(target);
    const auto configuration = storedConfiguration(context.directory);
    if (!configuration)
        return tl::make_unexpected(configuration.error());
    const auto monitor = findMonitor(*configuration, target);
    if (!monitor && monitor.error().kind == Error::Kind::NotFound) {
        return failure(
            Error::Kind::NotFound,
            QCoreApplication::translate(
                "backwatch::CheckCommand",
                "There is no monitor named “%1”; write an address with its scheme, as in https://%1.")
                .arg(target));
    }
    return monitor;
}

} // namespace backwatch
