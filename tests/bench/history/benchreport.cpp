// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/history/benchreport.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

void BenchReport::put(const QString &what, double value, const char *unit) const
{
    if (m_json) {
        const QJsonObject line{{u"bench"_s, u"history"_s},
                               {u"case"_s, what},
                               {u"value"_s, value},
                               {u"unit"_s, QString::fromLatin1(unit)}};
        std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    } else {
        std::printf("%-52s %12.2f %s\n", qPrintable(what), value, unit);
    }
    std::fflush(stdout);
}

double cpuSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void dropCaches(const QString &path)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    ::fdatasync(file); // only what is on the disk can be dropped
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    ::close(file);
}

} // namespace backwatch
