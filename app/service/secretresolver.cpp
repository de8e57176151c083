// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/secretresolver.h"

#include "app/core/whenanswered.h"
#include "app/secrets/secretstore.h"

#include <algorithm>
#include <memory>

namespace backwatch {

namespace {

/// Answers that come in whatever order, in the order of the names.
struct Pending
{
    QStringList names;
    QList<QFuture<Result<QString>>> answers;
    qsizetype open = 0;

    Result<SecretValues> result() const
    {
        SecretValues values;
        for (qsizetype i = 0; i < names.size(); ++i) {
            const Result<QString> answer = answers.at(i).result();
            if (!answer)
                return tl::make_unexpected(answer.error());
            values.insert(names.at(i), *answer);
        }
        return values;
    }
};

} // namespace

void SecretResolver::resolve(const QStringList &names, QObject *owner, const Take &take)
{
    const auto pending = std::make_shared<Pending>();
    pending->names = names;
    pending->names.removeDuplicates();
    for (const auto &name : std::as_const(pending->names))
        pending->answers.append(m_store.read(name));
    const auto isFinished = [](const auto &answer) { return answer.isFinished(); };
    if (std::all_of(pending->answers.cbegin(), pending->answers.cend(), isFinished))
        return take(pending->result());
    pending->open = pending->answers.size();
    for (const auto &answer : std::as_const(pending->answers)) {
        whenAnswered(answer, owner, [pending, take](const Result<QString> &) {
            if (--pending->open == 0)
                take(pending->result());
        });
    }
}

} // namespace backwatch
