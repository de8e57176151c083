// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/historyoutput.h"

#include "app/commands/phasetimes.h"
#include "app/core/answercode.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace backwatch {

namespace {

QString msField(const std::optional<microseconds> &time)
{
    return time ? QString::number(inMs(*time), 'f', 3) : QString();
}

/// Scripts read these words: they are not translated.
QString codeWord(int code)
{
    if (code == kAnswered)
        return QStringLiteral("answered");
    return code == kWrongAnswer ? QStringLiteral("wrong") : QString::number(code);
}

QString codesField(const Rollup &rollup)
{
    QStringList codes;
    for (const auto &code : rollup.codes)
        codes.append(codeWord(code.code) + u':' + QString::number(code.count));
    return codes.join(u' ');
}

QJsonObject toJson(const StoredSample &stored)
{
    const Sample &sample = stored.sample;
    QJsonObject object{{QStringLiteral("startedAt"), formatTimestamp(sample.startedAt)},
                       {QStringLiteral("outcome"), outcomeId(sample.outcome).toString()},
                       {QStringLiteral("state"), stateId(stored.state).toString()},
                       {QStringLiteral("totalMs"), inMs(sample.phases.total)},
                       {QStringLiteral("address"), sample.address},
                       {QStringLiteral("detail"), sample.detail}};
    if (sample.httpStatus != 0)
        object.insert(QStringLiteral("httpStatus"), sample.httpStatus);
    insertMs(object, QStringLiteral("dnsMs"), sample.phases.dns);
    insertMs(object, QStringLiteral("connectMs"), sample.phases.connect);
    insertMs(object, QStringLiteral("tlsMs"), sample.phases.tls);
    insertMs(object, QStringLiteral("sendMs"), sample.phases.send);
    insertMs(object, QStringLiteral("waitMs"), sample.phases.wait);
    insertMs(object, QStringLiteral("receiveMs"), sample.phases.receive);
    return object;
}

QJsonObject toJson(const Rollup &rollup)
{
    QJsonObject object{{QStringLiteral("start"), formatTimestamp(rollup.start)},
                       {QStringLiteral("checks"), rollup.checks},
                       {QStringLiteral("failures"), rollup.failures},
                       {QStringLiteral("codes"), codesField(rollup)}};
    insertMs(object, QStringLiteral("p50Ms"), rollup.p50);
    insertMs(object, QStringLiteral("p95Ms"), rollup.p95);
    insertMs(object, QStringLiteral("p99Ms"), rollup.p99);
    insertMs(object, QStringLiteral("maxMs"), rollup.max);
    return object;
}

void writeCsv(const StoredSample &stored, QTextStream &out)
{
    const Sample &sample = stored.sample;
    const Phases &phases = sample.phases;
    out << formatTimestamp(sample.startedAt) << ',' << outcomeId(sample.outcome) << ','
        << stateId(stored.state) << ','
        << (sample.httpStatus == 0 ? QString() : QString::number(sample.httpStatus)) << ','
        << msField(phases.dns) << ',' << msField(phases.connect) << ',' << msField(phases.tls) << ','
        << msField(phases.send) << ',' << msField(phases.wait) << ',' << msField(phases.receive) << ','
        << msField(phases.total) << ',' << csvField(sample.address) << ',' << csvField(sample.detail) << '\n';
}

template <typename Row>
void writeJson(const QList<Row> &rows, QTextStream &out)
{
    QJsonArray array;
    for (const auto &row : rows)
        array.append(toJson(row));
    out << QString::fromUtf8(QJsonDocument(array).toJson()) << Qt::flush;
}

} // namespace

QString csvField(const QString &text)
{
    QString field = text;
    if (!field.isEmpty() && QStringLiteral("=+-@\t\r").contains(field.front()))
        field.prepend(u'\'');
    if (!field.contains(u',') && !field.contains(u'"') && !field.contains(u'\n') && !field.contains(u'\r'))
        return field;
    field.replace(u'"', QStringLiteral("\"\""));
    return u'"' + field + u'"';
}

SampleOutput::SampleOutput(HistoryFormat format, QTextStream &out) : m_format(format), m_out(out)
{
    if (format == HistoryFormat::Json)
        m_out << '[';
    else
        m_out << "startedAt,outcome,state,httpStatus,dnsMs,connectMs,tlsMs,sendMs,waitMs,receiveMs,totalMs,"
                 "address,detail\n";
}

void SampleOutput::write(const QList<StoredSample> &samples)
{
    for (const auto &stored : samples) {
        if (m_format == HistoryFormat::Json)
            m_out << (m_empty ? "\n" : ",\n")
                  << QString::fromUtf8(QJsonDocument(toJson(stored)).toJson(QJsonDocument::Compact));
        else
            writeCsv(stored, m_out);
        m_empty = false;
    }
}

void SampleOutput::finish()
{
    if (m_format == HistoryFormat::Json)
        m_out << (m_empty ? "]\n" : "\n]\n");
    m_out.flush();
}

void writeSamples(const QList<StoredSample> &samples, HistoryFormat format, QTextStream &out)
{
    SampleOutput output(format, out);
    output.write(samples);
    output.finish();
}

void writeRollups(const QList<Rollup> &rollups, HistoryFormat format, QTextStream &out)
{
    if (format == HistoryFormat::Json) {
        writeJson(rollups, out);
        return;
    }
    out << "start,checks,failures,p50Ms,p95Ms,p99Ms,maxMs,codes\n";
    for (const auto &rollup : rollups) {
        out << formatTimestamp(rollup.start) << ',' << rollup.checks << ',' << rollup.failures << ','
            << msField(rollup.p50) << ',' << msField(rollup.p95) << ',' << msField(rollup.p99) << ','
            << msField(rollup.max) << ',' << codesField(rollup) << '\n';
    }
    out.flush();
}

} // namespace backwatch
