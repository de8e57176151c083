// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/load/phpfpmload.h"

#include "app/load/loadtext.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

namespace backwatch {

namespace {

using namespace Qt::Literals::StringLiterals;

/// By the name in the page, which both forms share: "listen queue".
using Fields = QHash<QByteArray, QByteArray>;

Fields fieldsOfJson(QByteArrayView text)
{
    Fields fields;
    const QJsonObject object = QJsonDocument::fromJson(text.toByteArray()).object();
    for (auto field = object.begin(); field != object.end(); ++field)
        if (field->isDouble())
            fields.insert(field.key().toUtf8(), QByteArray::number(field->toDouble(), 'g', 17));
        else if (field->isString())
            fields.insert(field.key().toUtf8(), field->toString().toUtf8());
    return fields;
}

/// The pool's own lines; the full form tells of each worker behind them, with the same names.
Fields fieldsOfText(const QList<QByteArrayView> &lines)
{
    Fields fields;
    for (const auto &line : lines) {
        const auto colon = line.indexOf(':');
        if (line.startsWith("****") || colon <= 0)
            break;
        fields.insert(line.first(colon).toByteArray(), line.sliced(colon + 1).trimmed().toByteArray());
    }
    return fields;
}

Result<Fields> fieldsOf(QByteArrayView text)
{
    if (text.trimmed().startsWith('{'))
        return fieldsOfJson(text);
    return loadLines(text).map(fieldsOfText);
}

} // namespace

Result<LoadReport> parsePhpFpmStatus(QByteArrayView text)
{
    const auto fields = fieldsOf(text);
    if (!fields)
        return tl::make_unexpected(fields.error());
    const auto active = loadNumber(fields->value("active processes"));
    const auto total = loadNumber(fields->value("total processes"));
    const auto queue = loadNumber(fields->value("listen queue"));
    if (!active || !total || !queue)
        return failure(
            Error::Kind::Invalid,
            LoadText::tr("What came is not the status page of PHP-FPM. Name the address that leads "
                         "to its pm.status_path, plain or with ?json behind."));
    LoadReport report;
    report.readings = {{LoadMetric::PhpFpmActive, *active, *total}, {LoadMetric::PhpFpmQueue, *queue}};
    if (const auto length = loadNumber(fields->value("listen queue len")); length && *length > 0)
        report.readings.last().limit = *length; // 0 on sockets whose queue cannot be seen
    if (const auto requests = loadNumber(fields->value("accepted conn")))
        report.counters.insert(LoadCounter::PhpFpmRequests, *requests);
    const auto reached = loadNumber(fields->value("max children reached"));
    if (reached)
        report.counters.insert(LoadCounter::PhpFpmLimitReached, *reached);
    report.workersAtMost = fields->value("process manager") == "static" || reached.value_or(0) > 0;
    return report;
}

} // namespace backwatch
