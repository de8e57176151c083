// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/load/nginxload.h"

#include "app/load/loadtext.h"

namespace backwatch {

namespace {

/// The numbers among the words of a line, which have to stand where that pattern has "#".
std::optional<QList<double>> numbersOf(QByteArrayView line, const QByteArray &pattern)
{
    const QByteArrayList words = line.toByteArray().simplified().split(' ');
    const QByteArrayList wanted = pattern.split(' ');
    if (words.size() != wanted.size())
        return std::nullopt;
    QList<double> numbers;
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (wanted[i] != "#") {
            if (words[i] != wanted[i])
                return std::nullopt;
            continue;
        }
        const auto number = loadNumber(words[i]);
        if (!number)
            return std::nullopt;
        numbers += *number;
    }
    return numbers;
}

} // namespace

Result<LoadReport> parseNginxStatus(QByteArrayView text)
{
    const auto lines = loadLines(text);
    if (!lines)
        return tl::make_unexpected(lines.error());
    const auto wrong = failure(
        Error::Kind::Invalid,
        LoadText::tr(
            "What came is not the status page of nginx. Name the address of a location with stub_status."));
    if (lines->size() < 4 || (*lines)[1].toByteArray().simplified() != "server accepts handled requests")
        return wrong;
    const auto active = numbersOf((*lines)[0], "Active connections: #");
    const auto counted = numbersOf((*lines)[2], "# # #");
    const auto now = numbersOf((*lines)[3], "Reading: # Writing: # Waiting: #");
    if (!active || !counted || !now)
        return wrong;
    LoadReport report;
    report.readings = {{LoadMetric::NginxActive, active->first()},
                       {LoadMetric::NginxReading, now->at(0)},
                       {LoadMetric::NginxWriting, now->at(1)},
                       {LoadMetric::NginxWaiting, now->at(2)}};
    report.counters = {{LoadCounter::NginxAccepted, counted->at(0)},
                       {LoadCounter::NginxHandled, counted->at(1)},
                       {LoadCounter::NginxRequests, counted->at(2)}};
    return report;
}

} // namespace backwatch
