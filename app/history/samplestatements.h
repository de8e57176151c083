// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/core/sample.h"

#include <QHash>
#include <QSqlQuery>

namespace backwatch {

/// Inserts samples with statements that are prepared once.
class SampleStatements
{
public:
    static Result<SampleStatements> prepared(const QSqlDatabase &connection);

    Result<void> insert(const StoredSample &stored);
    /// Forgets which phrases are stored; a transaction that stored some of them was rolled back.
    void forgetPhrases() { m_phrases.clear(); }

private:
    explicit SampleStatements(const QSqlDatabase &connection);
    /// The number of a sentence or address; null for the empty one.
    Result<QVariant> phrase(const QString &text);

    QString m_path;
    QSqlQuery m_insertSample;
    QSqlQuery m_insertPhrase;
    QSqlQuery m_findPhrase;
    QHash<QString, qint64> m_phrases;
};

} // namespace backwatch
