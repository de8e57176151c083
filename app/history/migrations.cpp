// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/migrations.h"

#include "app/core/outcome.h"
#include "app/core/state.h"
#include "app/history/database.h"
#include "app/history/historyfile.h"
#include "app/history/historytext.h"
#include "app/history/statementsplitter.h"
#include "app/history/transaction.h"

#include <QDir>
#include <QFile>
#include <QSqlQuery>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

QStringList scripts(const QString &folder)
{
    return QDir(folder).entryList({u"[0-9][0-9][0-9][0-9]_*.sql"_s}, QDir::Files, QDir::Name);
}

int numberOf(const QString &script)
{
    return QStringView(script).first(4).toInt();
}

Result<void> runScript(const QSqlDatabase &connection, const QString &folder, const QString &script)
{
    QFile file(folder + u'/' + script);
    if (!file.open(QIODevice::ReadOnly))
        return failure(
            Error::Kind::Unreadable,
            HistoryText::tr("The schema script %1 is missing. Install the program again.").arg(script));
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    for (const auto &statement : splitStatements(QString::fromUtf8(file.readAll())))
        if (auto done = execute(connection, statement); !done)
            return done;
    for (const auto &[pragma, value] : {std::pair{"application_id"_L1, kHistoryApplicationId},
                                        std::pair{"user_version"_L1, qint32(numberOf(script))}})
        if (auto done = execute(connection, u"PRAGMA %1 = %2"_s.arg(pragma).arg(value)); !done)
            return done;
    return transaction->commit();
}

template <typename Value>
Result<void> fillWords(const QSqlDatabase &connection, QLatin1StringView table, int count,
                       QStringView (*idOf)(Value))
{
    const QString path = databasePath(connection);
    QSqlQuery query(connection);
    if (auto ready =
            prepare(query, u"INSERT OR IGNORE INTO %1 (number, id) VALUES (?, ?)"_s.arg(table), path);
        !ready)
        return ready;
    for (int number = 0; number < count; ++number) {
        query.bindValue(0, number);
        query.bindValue(1, idOf(static_cast<Value>(number)).toString());
        if (auto done = run(query, path); !done)
            return done;
    }
    return {};
}

Result<void> fillAllWords(const QSqlDatabase &connection)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    if (auto done = fillWords<Outcome>(connection, "outcome"_L1, kOutcomeCount, outcomeId); !done)
        return done;
    if (auto done = fillWords<State>(connection, "state"_L1, kStateCount, stateId); !done)
        return done;
    return transaction->commit();
}

} // namespace

int newestSchema(const QString &folder)
{
    const auto names = scripts(folder);
    return names.isEmpty() ? 0 : numberOf(names.last());
}

Result<void> migrate(const QSqlDatabase &connection, const QString &folder)
{
    const auto version = singleValue(connection, u"PRAGMA user_version"_s);
    if (!version)
        return tl::make_unexpected(version.error());
    if (version->toInt() > newestSchema(folder))
        return failure(
            Error::Kind::Conflict,
            HistoryText::tr(
                "The history %1 was written by a newer Backwatch (schema %2, this one knows %3). Nothing "
                "was changed in it; install the newer version or choose another data folder.")
                .arg(QDir::toNativeSeparators(databasePath(connection)))
                .arg(version->toInt())
                .arg(newestSchema(folder)));
    for (const auto &script : scripts(folder))
        if (numberOf(script) > version->toInt())
            if (auto done = runScript(connection, folder, script); !done)
                return done;
    return fillAllWords(connection);
}

} // namespace backwatch
