// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QFuture>
#include <QPointer>

namespace backwatch {

/// Gives what a future answers to `take`, in the main thread, unless `owner` is gone by then or the future is
/// cancelled, which the future that it returns can tell. The continuation hangs on the application, because
/// Qt 6.4 may not lose its context.
template <typename T, typename Owner, typename Take>
QFuture<void> whenAnswered(QFuture<T> future, Owner *owner, Take take)
{
    return future.then(QCoreApplication::instance(),
                       [self = QPointer<Owner>(owner), take = std::move(take)](const T &answer) {
                           if (self)
                               take(answer);
                       });
}

} // namespace backwatch
