// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/monitorwriter.h"

#include "app/config/webaddress.h"

#include <QHash>
#include <QSet>
#include <QStringDecoder>

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <algorithm>

namespace backwatch {

namespace {

/// Whether every YAML reader, not only ours, takes this for text without quotation marks.
bool isPlainText(const QString &text)
{
    static const QSet<QString> words{QStringLiteral("true"), QStringLiteral("false"), QStringLiteral("yes"),
                                     QStringLiteral("no"),   QStringLiteral("on"),    QStringLiteral("off"),
                                     QStringLiteral("y"),    QStringLiteral("n"),     QStringLiteral("null")};
    if (text.isEmpty() || !text.front().isLetter() || text.back() == u' ' || words.contains(text.toLower()))
        return false;
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == u' ' || c == u'-' || c == u'_' || c == u'.' || c == u'(' ||
               c == u')';
    });
}

bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    const QString decoded = decoder(bytes);
    return !decoder.hasError() && decoded.toUtf8() == bytes;
}

QString familyName(AddressFamily family)
{
    switch (family) {
    case AddressFamily::Any:
        return QStringLiteral("any");
    case AddressFamily::Ipv4:
        return QStringLiteral("ipv4");
    case AddressFamily::Ipv6:
        return QStringLiteral("ipv6");
    case AddressFamily::Both:
        return QStringLiteral("both");
    }
    return {};
}

bool hasNameTwice(const HttpHeaders &headers)
{
    QSet<QByteArray> names;
    for (const auto &header : headers)
        names.insert(header.name.toLower());
    return names.size() != headers.size();
}

} // namespace

MonitorWriter::MonitorWriter(Style style) : m_style(style), m_out(std::make_unique<YAML::Emitter>())
{
    if (style == Style::Json) {
        m_out->SetMapFormat(YAML::Flow);
        m_out->SetSeqFormat(YAML::Flow);
        m_out->SetOutputCharset(YAML::EscapeAsJson);
    }
}

MonitorWriter::~MonitorWriter() = default;

QByteArray MonitorWriter::text() const
{
    return QByteArray(m_out->c_str(), static_cast<qsizetype>(m_out->size()));
}

void MonitorWriter::write(const Configuration &configuration)
{
    QHash<QString, QList<Monitor>> monitorsOf;
    auto services = configuration.services;
    QSet<QString> known;
    for (const auto &service : std::as_const(services))
        known.insert(service.name);
    for (const auto &monitor : configuration.monitors) {
        monitorsOf[monitor.service].append(monitor);
        if (!monitor.service.isEmpty() && !known.contains(monitor.service)) {
            known.insert(monitor.service);
            services.append({monitor.service, {}});
        }
    }
    beginMap();
    key(QStringLiteral("version"));
    *m_out << 1;
    if (!services.isEmpty()) {
        key(QStringLiteral("services"));
        *m_out << YAML::BeginSeq;
        for (const auto &service : std::as_const(services))
            writeService(service, monitorsOf.value(service.name));
        *m_out << YAML::EndSeq;
    }
    writeMonitors(monitorsOf.value(QString()));
    endMap();
}

void MonitorWriter::writeService(const Service &service, const QList<Monitor> &monitors)
{
    beginMap();
    key(QStringLiteral("name"));
    string(service.name);
    writeMonitors(monitors);
    writeLoad(service.load);
    endMap();
}

void MonitorWriter::writeMonitors(const QList<Monitor> &monitors)
{
    if (monitors.isEmpty())
        return;
    key(QStringLiteral("monitors"));
    *m_out << YAML::BeginSeq;
    for (const auto &monitor : monitors) {
        beginMap();
        key(QStringLiteral("name"));
        string(monitor.name);
        writeFields(monitor);
        endMap();
    }
    *m_out << YAML::EndSeq;
}

void MonitorWriter::writeSpec(const Monitor &monitor)
{
    beginMap();
    writeFields(monitor);
    endMap();
}

void MonitorWriter::writeSpec(const Service &service)
{
    beginMap();
    writeLoad(service.load);
    endMap();
}

void MonitorWriter::writeFields(const Monitor &monitor)
{
    if (monitor.layer != Layer::Unknown) {
        key(QStringLiteral("layer"));
        string(layerId(monitor.layer).toString());
    }
    writeTimes(monitor);
    if (monitor.paused) {
        key(QStringLiteral("paused"));
        *m_out << true;
    }
    if (const auto *http = std::get_if<HttpCheck>(&monitor.check))
        writeHttp(*http);
    if (monitor.dependsOn.isEmpty())
        return;
    key(QStringLiteral("dependsOn"));
    *m_out << YAML::Flow << YAML::BeginSeq;
    for (const auto &name : monitor.dependsOn)
        string(name);
    *m_out << YAML::EndSeq;
}

void MonitorWriter::writeTimes(const Monitor &monitor)
{
    const Monitor usual;
    const auto duration = [this](const QString &name, milliseconds value, milliseconds usualValue) {
        if (value == usualValue)
            return;
        key(name);
        string(formatDuration(value));
    };
    duration(QStringLiteral("interval"), monitor.interval, usual.interval);
    duration(QStringLiteral("timeout"), monitor.timeout, usual.timeout);
    if (monitor.retries != usual.retries) {
        key(QStringLiteral("retries"));
        *m_out << monitor.retries;
    }
    duration(QStringLiteral("retryInterval"), monitor.retryInterval, usual.retryInterval);
}

void MonitorWriter::writeHttp(const HttpCheck &check)
{
    key(QStringLiteral("http"));
    beginMap();
    key(QStringLiteral("url"));
    string(writtenWebAddress(check.url));
    if (check.method != HttpMethod::Get) {
        key(QStringLiteral("method"));
        string(httpMethodName(check.method));
    }
    writeHeaders(check.headers);
    if (!check.body.isEmpty()) {
        key(QStringLiteral("body"));
        bytes(check.body);
    }
    if (!check.connectTo.isEmpty()) {
        key(QStringLiteral("connectTo"));
        string(check.connectTo);
    }
    if (check.family != AddressFamily::Any) {
        key(QStringLiteral("family"));
        string(familyName(check.family));
    }
    if (!check.followRedirects) {
        key(QStringLiteral("followRedirects"));
        *m_out << false;
    }
    writeExpectation(check.expect);
    endMap();
}

void MonitorWriter::writeHeaders(const HttpHeaders &headers)
{
    if (headers.isEmpty())
        return;
    const bool asList = hasNameTwice(headers);
    key(QStringLiteral("headers"));
    if (asList)
        *m_out << YAML::BeginSeq;
    else
        beginMap();
    for (const auto &header : headers) {
        if (asList)
            beginMap();
        key(QString::fromUtf8(header.name));
        bytes(header.value);
        if (asList)
            endMap();
    }
    if (asList)
        *m_out << YAML::EndSeq;
    else
        endMap();
}

void MonitorWriter::writeExpectation(const HttpExpectation &expect)
{
    const HttpExpectation usual;
    if (expect == usual)
        return;
    key(QStringLiteral("expect"));
    beginMap();
    if (expect.status != usual.status)
        writeStatus(expect.status);
    if (!expect.bodyContains.isEmpty()) {
        key(QStringLiteral("body"));
        beginMap();
        key(QStringLiteral("contains"));
        string(expect.bodyContains);
        endMap();
    }
    if (expect.slowAfter) {
        key(QStringLiteral("slowAfter"));
        string(formatDuration(*expect.slowAfter));
    }
    if (expect.certificateDays != usual.certificateDays) {
        key(QStringLiteral("certificateDays"));
        *m_out << expect.certificateDays;
    }
    endMap();
}

void MonitorWriter::writeStatus(const QList<StatusRange> &ranges)
{
    key(QStringLiteral("status"));
    *m_out << YAML::Flow << YAML::BeginSeq;
    for (const auto &range : ranges) {
        if (range.from == range.to)
            *m_out << range.from;
        else
            string(QStringLiteral("%1-%2").arg(range.from).arg(range.to));
    }
    *m_out << YAML::EndSeq;
}

void MonitorWriter::writeLoad(const QList<LoadSource> &load)
{
    if (load.isEmpty())
        return;
    key(QStringLiteral("load"));
    beginMap();
    for (const auto &source : load) {
        key(source.kind);
        string(writtenWebAddress(source.url));
    }
    endMap();
}

void MonitorWriter::beginMap()
{
    *m_out << YAML::BeginMap;
}

void MonitorWriter::endMap()
{
    *m_out << YAML::EndMap;
}

void MonitorWriter::key(const QString &key)
{
    *m_out << YAML::Key;
    string(key);
    *m_out << YAML::Value;
}

void MonitorWriter::string(const QString &text)
{
    if (m_style == Style::Json || !isPlainText(text))
        *m_out << YAML::DoubleQuoted;
    *m_out << text.toStdString();
}

void MonitorWriter::bytes(const QByteArray &bytes)
{
    if (isUtf8(bytes)) {
        string(QString::fromUtf8(bytes));
        return;
    }
    *m_out << YAML::Flow;
    beginMap();
    key(QStringLiteral("base64"));
    string(QString::fromLatin1(bytes.toBase64()));
    endMap();
}

} // namespace backwatch
