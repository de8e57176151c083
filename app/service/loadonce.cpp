// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/loadonce.h"

#include "app/core/clock.h"
#include "app/service/loadquestion.h"

#include <QEventLoop>

namespace backwatch {

LoadOnce readLoadOnce(Clock &clock, Probe &probes, const Service &service)
{
    LoadOnce read;
    QList<LoadFact> facts;
    QHash<quint64, LoadSource> open;
    QEventLoop loop;
    QObject::connect(&probes, &Probe::answered, &loop, [&](const QList<ProbeAnswer> &answers) {
        for (const auto &answer : answers) {
            if (!open.contains(answer.token))
                continue;
            const LoadSource source = open.take(answer.token);
            if (const auto report = loadAnswer(source, answer.result))
                facts += loadFacts(*report, source.url.host(), clock.utcMs());
            else
                read.troubles.append(report.error().sentence);
        }
        if (open.isEmpty())
            loop.quit();
    });
    quint64 token = 0;
    for (const auto &source : service.load)
        open.insert(++token, source);
    for (auto one = open.cbegin(); one != open.cend(); ++one)
        probes.start(loadQuestion(*one, one.key()));
    if (!open.isEmpty())
        loop.exec();
    read.picture = loadPictureOf(facts);
    return read;
}

} // namespace backwatch
