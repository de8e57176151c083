// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/load/haproxyload.h"

#include "app/load/loadtext.h"

#include <algorithm>

namespace backwatch {

namespace {

constexpr qsizetype kMostColumns = 512; // HAProxy 3 has about 130

/// Only texts about servers hold commas or quotes, and those stand in quotes.
std::optional<QByteArrayList> cellsOf(QByteArrayView line)
{
    QByteArrayList cells;
    QByteArray cell;
    bool quoted = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
            cell += line[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted && cells.size() < kMostColumns)
            cells += std::exchange(cell, {});
        else
            cell += c;
    }
    if (quoted || cells.size() >= kMostColumns)
        return std::nullopt;
    cells += cell;
    return cells;
}

/// Where the columns are that matter; they have moved between versions.
struct Columns
{
    qsizetype proxy = -1;
    qsizetype server = -1;
    qsizetype queue = -1;
    qsizetype sessions = -1;
    qsizetype limit = -1;

    explicit Columns(const QByteArrayList &header)
        : proxy(header.indexOf("# pxname"))
        , server(header.indexOf("svname"))
        , queue(header.indexOf("qcur"))
        , sessions(header.indexOf("scur"))
        , limit(header.indexOf("slim"))
    {
    }
    bool complete() const { return std::min({proxy, server, queue, sessions, limit}) >= 0; }
    qsizetype last() const { return std::max({proxy, server, queue, sessions, limit}); }
};

struct HaproxyTally
{
    double queue = 0;
    double sessions = 0;
    QList<HaproxyPart> parts;

    bool add(const Columns &at, const QByteArrayList &row);
};

/// An empty cell is none of that kind; false where one is no number.
bool HaproxyTally::add(const Columns &at, const QByteArrayList &row)
{
    const auto number = [&](qsizetype column) {
        return row[column].isEmpty() ? std::optional(0.0) : loadNumber(row[column]);
    };
    const auto waiting = number(at.queue);
    const auto current = number(at.sessions);
    const auto limit = number(at.limit);
    if (!waiting || !current || !limit || row[at.server].isEmpty())
        return false;
    const QByteArray &server = row[at.server];
    queue += *waiting; // of a backend those that no server has been chosen for
    if (server == "FRONTEND")
        sessions += *current;
    if (server != "BACKEND" && parts.size() < kMostLoadParts)
        parts.append({server == "FRONTEND" ? row[at.proxy] : row[at.proxy] + '/' + server, *current, *limit});
    return true;
}

} // namespace

QList<LoadReading> haproxyReadings(double queue, double sessions, const QList<HaproxyPart> &parts)
{
    QList<LoadReading> readings{{LoadMetric::HaproxyQueue, queue}, {LoadMetric::HaproxySessions, sessions}};
    const HaproxyPart *fullest = nullptr;
    for (const auto &part : parts)
        if (part.limit > 0 && (!fullest || part.sessions / part.limit > fullest->sessions / fullest->limit))
            fullest = &part;
    if (fullest)
        readings.append(
            {LoadMetric::HaproxyFullest, fullest->sessions, fullest->limit, loadPart(fullest->name)});
    return readings;
}

Result<LoadReport> parseHaproxyStatistics(QByteArrayView text)
{
    if (isHtml(text))
        return failure(
            Error::Kind::Invalid,
            LoadText::tr("A page for people came. Add ;csv to the address of HAProxy's statistics."));
    const auto lines = loadLines(text);
    if (!lines)
        return tl::make_unexpected(lines.error());
    const auto header = lines->isEmpty() ? std::nullopt : cellsOf(lines->first());
    const Columns columns(header.value_or(QByteArrayList()));
    if (!columns.complete())
        return failure(Error::Kind::Invalid,
                       LoadText::tr("What came are not the statistics of HAProxy. Name the address of its "
                                    "statistics page with ;csv behind."));
    HaproxyTally tally;
    for (qsizetype i = 1; i < lines->size(); ++i) {
        if ((*lines)[i].isEmpty())
            continue;
        const auto row = cellsOf((*lines)[i]);
        if (!row || row->size() <= columns.last() || !tally.add(columns, *row))
            return failure(Error::Kind::Invalid,
                           LoadText::tr("Line %1 of the statistics of HAProxy is damaged. Check that the "
                                        "address leads to HAProxy itself.")
                               .arg(i + 1));
    }
    return LoadReport{haproxyReadings(tally.queue, tally.sessions, tally.parts)};
}

} // namespace backwatch
