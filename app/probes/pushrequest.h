// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace backwatch {

enum class PushStatus { Up, Down, Degraded };

/// What a job said about itself.
struct PushReport
{
    PushStatus status = PushStatus::Up;
    QString message;            ///< one bounded line
    std::optional<double> ping; ///< milliseconds
};

/// What a client of the receiver has sent so far, read as HTTP/1.x.
struct PushRequest
{
    static constexpr qsizetype kHeadLimit = 8 * 1024;
    static constexpr qsizetype kBodyLimit = 8 * 1024;

    bool complete = false; ///< the body too, or there is nothing to wait for
    int refusal = 0;       ///< HTTP status that it earns already; 0: none
    QByteArray token;
    PushReport report;
};

PushRequest readPushRequest(QByteArrayView received);

} // namespace backwatch
