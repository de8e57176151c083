// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demonstration.h"

#include "app/service/demohistory.h"
#include "app/service/storedconfiguration.h"

#include <QCoreApplication>

namespace backwatch {

Result<std::unique_ptr<Demonstration>> Demonstration::prepare(const Clock &clock)
{
    std::unique_ptr<Demonstration> demo(new Demonstration);
    if (!demo->m_servers.areRunning() || !demo->m_folder.isValid()) {
        return failure(
            Error::Kind::Unavailable,
            QCoreApplication::translate("Demonstration",
                                        "The demonstration needs free loopback ports and a writable folder "
                                        "for temporary files, and did not get them."));
    }
    const DataDirectory directory = demo->directory();
    const auto made = makeConfigurationBe(directory, demoConfiguration(demo->m_servers), false);
    if (!made)
        return tl::make_unexpected(made.error());
    const auto stored = storedConfiguration(directory);
    if (!stored)
        return tl::make_unexpected(stored.error());
    const auto fingerprints = Fingerprints::load(QStringLiteral(":/fingerprints"));
    if (!fingerprints)
        return tl::make_unexpected(fingerprints.error());
    const auto writer = HistoryWriter::open(directory.database(), clock);
    if (!writer)
        return tl::make_unexpected(writer.error());
    writeDemoHistory(**writer, stored->monitors, *fingerprints, clock.utcMs());
    auto flushed = (*writer)->flush();
    flushed.waitForFinished();
    if (!flushed.result())
        return tl::make_unexpected(flushed.result().error());
    return demo;
}

} // namespace backwatch
