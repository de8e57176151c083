// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QFuture>

namespace backwatch {

/// A future that is finished already, so that who asks need not wait for the event loop.
template <typename T>
QFuture<Result<T>> readyAnswer(Result<T> result)
{
    return QtFuture::makeReadyFuture(std::move(result));
}

} // namespace backwatch
