// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/history/checkpointer.h"
#include "app/history/database.h"
#include "app/history/historyentry.h"
#include "app/history/incidentstatements.h"
#include "app/history/loadstatements.h"
#include "app/history/samplepacker.h"
#include "app/history/samplestatements.h"
#include "app/history/statestatements.h"

#include <memory>

namespace backwatch {

/// The connection of the writer with its statements. Belongs to the thread that opened it.
class WriterSession
{
public:
    /// Opens or creates the file, after a look at what it is, and brings its schema up to date.
    static Result<std::unique_ptr<WriterSession>> create(const QString &path);
    /// Opens the same file again, and nothing else that stands there by now.
    static Result<std::unique_ptr<WriterSession>> reopen(const QString &path, ObserverRun run);

    QSqlDatabase &connection() { return m_database.connection(); }
    StateStatements &states() { return m_states; }
    SamplePacker &packer() { return *m_packer; }
    Checkpointer &checkpointer() { return m_checkpointer; }

    /// Writes one entry that is kept, inside the caller's transaction.
    Result<void> write(const HistoryEntry &entry);
    /// To be called when a transaction did not come to its end.
    void rolledBack()
    {
        m_samples.forgetPhrases();
        m_loads.forgetSeries();
    }

private:
    WriterSession(Database database, SampleStatements samples, std::unique_ptr<SamplePacker> packer,
                  ObserverRun run);
    static Result<std::unique_ptr<WriterSession>> prepared(Database database, ObserverRun run);

    Database m_database; ///< before the statements, which have to be gone first
    SampleStatements m_samples;
    std::unique_ptr<SamplePacker> m_packer;
    StateStatements m_states;
    IncidentStatements m_incidents;
    LoadStatements m_loads;
    Checkpointer m_checkpointer; ///< gone before this connection closes, which empties the log and removes it
};

} // namespace backwatch
