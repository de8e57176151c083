// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/history/historyfixture.h"

#include <QFile>
#include <QProcess>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

StoredSample goodSample(MonitorId monitor, UtcMs startedAt)
{
    StoredSample stored;
    stored.state = State::Up;
    auto &sample = stored.sample;
    sample.monitor = monitor;
    sample.startedAt = startedAt;
    sample.outcome = Outcome::Ok;
    sample.httpStatus = 200;
    sample.phases = {microseconds(1'200),  microseconds(9'800), microseconds(14'100), microseconds(100),
                     microseconds(51'000), microseconds(400),   microseconds(76'600)};
    sample.address = u"192.0.2.7"_s;
    sample.detail = u"200 OK"_s;
    return stored;
}

StoredSample failedSample(MonitorId monitor, UtcMs startedAt)
{
    StoredSample stored;
    stored.state = State::Down;
    auto &sample = stored.sample;
    sample.monitor = monitor;
    sample.startedAt = startedAt;
    sample.outcome = Outcome::ConnectRefused;
    sample.phases.dns = microseconds(0);
    sample.phases.total = microseconds(300);
    sample.detail = u"Connection to 192.0.2.7 refused"_s;
    return stored;
}

bool equal(const StoredSample &left, const StoredSample &right)
{
    const auto &a = left.sample;
    const auto &b = right.sample;
    return left.state == right.state && a.monitor == b.monitor && a.startedAt == b.startedAt &&
           a.outcome == b.outcome && a.httpStatus == b.httpStatus && a.phases == b.phases &&
           a.address == b.address && a.detail == b.detail;
}

bool equal(const QList<StoredSample> &left, const QList<StoredSample> &right)
{
    return std::equal(left.cbegin(), left.cend(), right.cbegin(), right.cend(),
                      [](const StoredSample &a, const StoredSample &b) { return equal(a, b); });
}

std::unique_ptr<HistoryWriter> openWriter(const QString &path, const Clock &clock)
{
    auto writer = HistoryWriter::open(path, clock);
    if (!writer)
        qFatal("%s", qPrintable(writer.error().sentence));
    return std::move(*writer);
}

std::unique_ptr<HistoryReader> openReader(const QString &path)
{
    auto reader = HistoryReader::open(path);
    if (!reader)
        qFatal("%s", qPrintable(reader.error().sentence));
    return std::move(*reader);
}

Result<void> flushed(HistoryWriter &writer)
{
    auto future = writer.flush();
    future.waitForFinished();
    return future.result();
}

QByteArray sqlite(const QString &path, const QString &statement)
{
    QProcess process;
    process.start(u"sqlite3"_s, {u"-readonly"_s, path, statement});
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit ||
        process.exitCode() != 0) {
        qWarning() << process.errorString() << process.readAllStandardError();
        return {};
    }
    QByteArray answer = process.readAllStandardOutput();
    return answer.endsWith('\n') ? answer.chopped(1) : answer;
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace backwatch
