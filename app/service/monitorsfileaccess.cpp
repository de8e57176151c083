// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/monitorsfileaccess.h"

#include "app/config/monitorsfile.h"

#include <QCoreApplication>
#include <QFile>

namespace backwatch {

Result<Configuration> configurationFromFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(Error::Kind::Unreadable,
                       QCoreApplication::translate("MonitorsFile", "%1 cannot be read: %2.")
                           .arg(path, file.errorString()));
    }
    return readMonitorsFile(file.readAll(), path);
}

} // namespace backwatch
