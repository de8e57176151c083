// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Appends samples until it is killed. Prints how many are committed for certain after every flush.
#include "app/core/clock.h"
#include "app/history/historywriter.h"

#include <QCoreApplication>

#include <cstdio>

using namespace backwatch;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 2)
        return 64;
    const SystemClock clock;
    auto writer = HistoryWriter::open(QString::fromLocal8Bit(argv[1]), clock);
    if (!writer) {
        std::fprintf(stderr, "%s\n", qPrintable(writer.error().sentence));
        return 1;
    }
    StoredSample stored;
    stored.state = State::Up;
    stored.sample.monitor = 1;
    stored.sample.outcome = Outcome::Ok;
    stored.sample.httpStatus = 200;
    (*writer)->settle(1, State::Up, 1);
    for (;;) {
        for (int i = 0; i < 500; ++i) {
            ++stored.sample.startedAt;
            stored.sample.detail = QStringLiteral("200 OK %1").arg(stored.sample.startedAt % 100);
            (*writer)->append(stored);
        }
        auto flushed = (*writer)->flush();
        flushed.waitForFinished();
        if (!flushed.result())
            return 1;
        std::printf("%lld\n", static_cast<long long>(stored.sample.startedAt));
        std::fflush(stdout);
    }
}
