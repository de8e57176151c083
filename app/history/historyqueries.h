// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/history/historyreader.h"

#include <QFuture>
#include <QPromise>

#include <functional>
#include <memory>
#include <optional>

namespace backwatch {

/// A reader on a thread of its own, so that a screen can ask without waiting. Questions are answered in
/// order. May be used from any thread; what it answers is a value.
class HistoryQueries
{
public:
    explicit HistoryQueries(const QString &path);
    /// Waits for the question under way, which sees QThread::isInterruptionRequested() from now on, and
    /// cancels the futures of the others.
    ~HistoryQueries();
    HistoryQueries(const HistoryQueries &) = delete;
    HistoryQueries &operator=(const HistoryQueries &) = delete;

    QString path() const; ///< of the file

    /// @code queries.ask([=](HistoryReader &r) { return r.samples(id, from, to); }).then(this, …) @endcode
    /// The question returns a Result<T>; when the file cannot be opened the answer is that error.
    template <typename Question>
    auto ask(Question question)
    {
        using Answer = decltype(question(std::declval<HistoryReader &>()));
        auto promise = std::make_shared<QPromise<Answer>>();
        promise->start();
        post([promise, question = std::move(question)](Result<HistoryReader *> reader) mutable {
            const Answer answer = reader ? question(**reader) : Answer(tl::make_unexpected(reader.error()));
            promise->addResult(answer);
            promise->finish();
            return answer ? std::optional<Error::Kind>() : answer.error().kind;
        });
        return promise->future();
    }

private:
    /// Answers what kind of error there was, if any.
    using Job = std::function<std::optional<Error::Kind>(Result<HistoryReader *>)>;
    void post(Job job);

    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace backwatch
