// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/retryafter.h"

#include <curl/curl.h>

#include <algorithm>

namespace backwatch {

namespace {

constexpr qsizetype kLongestValue = 64;

std::optional<qint64> secondsOf(const QByteArray &date)
{
    if (date.isEmpty() || date.size() > kLongestValue)
        return std::nullopt;
    const time_t seconds = curl_getdate(date.constData(), nullptr);
    return seconds == -1 ? std::nullopt : std::optional<qint64>(seconds);
}

bool isNumber(const QByteArray &value)
{
    return !value.isEmpty() &&
           std::all_of(value.cbegin(), value.cend(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::optional<std::chrono::seconds> retryAfterOf(int status, const HttpHeaders &headers, UtcMs now)
{
    constexpr int kUnavailable = 503;
    constexpr int kTooMany = 429;
    if (status != kUnavailable && status != kTooMany)
        return std::nullopt;
    const QByteArray value = headerValue(headers, "Retry-After").trimmed();
    qint64 seconds = 0;
    if (isNumber(value)) {
        bool fits = false;
        seconds = value.toLongLong(&fits);
        if (!fits)
            seconds = kLongestRetryAfter.count();
    } else if (const auto until = secondsOf(value)) {
        seconds = *until - secondsOf(headerValue(headers, "Date")).value_or(now / 1000);
    } else {
        return std::nullopt;
    }
    return std::chrono::seconds(std::clamp<qint64>(seconds, 0, kLongestRetryAfter.count()));
}

} // namespace backwatch
