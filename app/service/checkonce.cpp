// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/checkonce.h"

#include "app/config/monitorfromaddress.h"
#include "app/probes/probe.h"

#include <QEventLoop>

namespace backwatch {

CheckResult checkOnce(Probe &probes, const Monitor &monitor)
{
    CheckResult result;
    QEventLoop loop;
    QObject::connect(&probes, &Probe::answered, &loop, [&](const QList<ProbeAnswer> &answers) {
        result = answers.first().result;
        loop.quit();
    });
    probes.start({1, monitor.id, monitor.check, monitor.timeout});
    loop.exec();
    return result;
}

Result<Monitor> monitorForUrl(const QString &url)
{
    return monitorFromAddress(url);
}

} // namespace backwatch
