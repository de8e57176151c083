// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/samplestatements.h"

#include "app/history/database.h"

#include <QSqlError>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kPhrasesInMemory = 20'000;

QVariant value(std::optional<microseconds> phase)
{
    return phase ? QVariant(qlonglong(phase->count())) : QVariant(QMetaType::fromType<qlonglong>());
}

QVariant seconds(std::optional<std::chrono::seconds> time)
{
    return time ? QVariant(qlonglong(time->count())) : QVariant(QMetaType::fromType<qlonglong>());
}

} // namespace

SampleStatements::SampleStatements(const QSqlDatabase &connection)
    : m_path(databasePath(connection))
    , m_insertSample(connection)
    , m_insertPhrase(connection)
    , m_findPhrase(connection)
{
}

Result<SampleStatements> SampleStatements::prepared(const QSqlDatabase &connection)
{
    SampleStatements statements(connection);
    const auto insertSample =
        u"INSERT INTO sample (monitor_id, started_at, outcome, state, http_status, dns_us, "
        "connect_us, tls_us, send_us, wait_us, receive_us, total_us, address, detail, retry_after_s) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s;
    if (auto ready = prepare(statements.m_insertSample, insertSample, statements.m_path); !ready)
        return tl::make_unexpected(ready.error());
    const auto insertPhrase = u"INSERT INTO phrase (value) VALUES (?)"_s;
    if (auto ready = prepare(statements.m_insertPhrase, insertPhrase, statements.m_path); !ready)
        return tl::make_unexpected(ready.error());
    const auto findPhrase = u"SELECT id FROM phrase WHERE value = ?"_s;
    if (auto ready = prepare(statements.m_findPhrase, findPhrase, statements.m_path); !ready)
        return tl::make_unexpected(ready.error());
    return statements;
}

Result<QVariant> SampleStatements::phrase(const QString &text)
{
    if (text.isEmpty())
        return QVariant(QMetaType::fromType<qlonglong>());
    if (const auto known = m_phrases.constFind(text); known != m_phrases.cend())
        return QVariant(*known);

    m_findPhrase.bindValue(0, text);
    if (auto done = run(m_findPhrase, m_path); !done)
        return tl::make_unexpected(done.error());
    const bool stored = m_findPhrase.next();
    qint64 id = stored ? m_findPhrase.value(0).toLongLong() : 0;
    const QSqlError error = m_findPhrase.lastError();
    m_findPhrase.finish();
    if (error.isValid())
        return tl::make_unexpected(databaseError(error, m_path));
    if (!stored) {
        m_insertPhrase.bindValue(0, text);
        if (auto done = run(m_insertPhrase, m_path); !done)
            return tl::make_unexpected(done.error());
        id = m_insertPhrase.lastInsertId().toLongLong();
    }
    if (m_phrases.size() >= kPhrasesInMemory)
        m_phrases.clear();
    m_phrases.insert(text, id);
    return QVariant(id);
}

Result<void> SampleStatements::insert(const StoredSample &stored)
{
    const auto &sample = stored.sample;
    const auto address = phrase(sample.address);
    if (!address)
        return tl::make_unexpected(address.error());
    const auto detail = phrase(sample.detail);
    if (!detail)
        return tl::make_unexpected(detail.error());
    const auto &phases = sample.phases;
    int column = 0;
    for (const auto &bound :
         {QVariant(sample.monitor), QVariant(sample.startedAt), QVariant(static_cast<int>(sample.outcome)),
          QVariant(static_cast<int>(stored.state)), QVariant(sample.httpStatus), value(phases.dns),
          value(phases.connect), value(phases.tls), value(phases.send), value(phases.wait),
          value(phases.receive), value(phases.total), *address, *detail, seconds(sample.retryAfter)})
        m_insertSample.bindValue(column++, bound);
    return run(m_insertSample, m_path);
}

} // namespace backwatch
