// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/csvimport.h"

#include "app/config/httpimport.h"
#include "app/config/monitorfromaddress.h"

#include <QCoreApplication>

#include <algorithm>

namespace backwatch {

namespace {

struct CsvText
{
    Q_DECLARE_TR_FUNCTIONS(CsvImport)
};

QChar separatorOf(const QString &text)
{
    const QString line = text.section(u'\n', 0, 0);
    QChar best = u',';
    for (const QChar candidate : {u';', u'\t'})
        if (line.count(candidate) > line.count(best))
            best = candidate;
    return best;
}

/// A spreadsheet's guard against formulas is no part of the value.
QString unguarded(const QString &field)
{
    const QString text = field.trimmed();
    return text.size() > 1 && text.startsWith(u'\'') && QStringLiteral("=+-@").contains(text.at(1))
               ? text.sliced(1)
               : text;
}

std::optional<QList<StatusRange>> statusOf(const QString &text)
{
    QList<StatusRange> ranges;
    for (const auto &part : text.split(u' ', Qt::SkipEmptyParts)) {
        const bool isClass = part.size() == 3 && part.endsWith(QStringLiteral("xx"));
        const int from = isClass ? part.left(1).toInt() * 100 : part.section(u'-', 0, 0).toInt();
        const int to = isClass ? from + 99 : part.section(u'-', -1).toInt();
        if (from < 100 || to > 599 || from > to)
            return std::nullopt;
        ranges += StatusRange{from, to};
    }
    return ranges;
}

class Table
{
public:
    Table(const QStringList &columns, const QString &fileName, ImportCollection &collection)
        : m_columns(columns), m_fileName(fileName), m_collection(collection)
    {
    }

    /// @return what is wrong with the row
    std::optional<QString> take(const QStringList &row)
    {
        const auto field = [&](const char *column) {
            return unguarded(row.value(m_columns.indexOf(QLatin1String(column))));
        };
        auto monitor = monitorFromAddress(field("url"));
        if (!monitor)
            return monitor.error().sentence;
        if (const QString name = field("name"); !name.isEmpty())
            monitor->name = name;
        monitor->service = field("service");
        monitor->paused =
            QStringList{QStringLiteral("true"), QStringLiteral("yes"), QStringLiteral("1")}.contains(
                field("paused").toLower());
        for (const auto &[column, place] :
             {std::pair("interval", &monitor->interval), std::pair("timeout", &monitor->timeout)})
            if (const QString text = field(column); !text.isEmpty()) {
                const auto duration = parseDuration(text);
                if (!duration)
                    return CsvText::tr("“%1” is no time span; write it as 30s or 5m.").arg(text);
                *place = *duration;
            }
        if (const QString text = field("retries"); !text.isEmpty()) {
            bool ok = false;
            monitor->retries = text.toInt(&ok);
            if (!ok || monitor->retries < 0 || monitor->retries > 100)
                return CsvText::tr("“%1” is no number of retries from 0 to 100.").arg(text);
        }
        const auto problem = expect(field("method"), field("status"), field("contains"), &*monitor);
        if (!problem)
            m_collection.add(*monitor);
        return problem;
    }

private:
    static std::optional<QString> expect(const QString &method, const QString &status,
                                         const QString &contains, Monitor *monitor)
    {
        auto *http = std::get_if<HttpCheck>(&monitor->check);
        if (!http)
            return method.isEmpty() && status.isEmpty() && contains.isEmpty()
                       ? std::nullopt
                       : std::optional(CsvText::tr("method, status and contains belong to websites."));
        const auto known = importedMethod(method);
        if (!known)
            return CsvText::tr("the method “%1” is not one of ours.").arg(method);
        http->method = *known;
        http->expect.bodyContains = contains;
        if (status.isEmpty())
            return std::nullopt;
        const auto ranges = statusOf(status);
        if (!ranges || ranges->isEmpty())
            return CsvText::tr("“%1” are no status codes; write them as 200-299 301.").arg(status);
        http->expect.status = *ranges;
        return std::nullopt;
    }

    const QStringList m_columns;
    const QString m_fileName;
    ImportCollection &m_collection;
};

} // namespace

QList<QStringList> csvRows(const QString &text)
{
    const QChar separator = separatorOf(text);
    QList<QStringList> rows;
    QStringList row;
    QString field;
    bool quoted = false;
    const auto endRow = [&] {
        row += field;
        if (row.size() > 1 || !field.trimmed().isEmpty())
            rows += row;
        row.clear();
        field.clear();
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (quoted) {
            if (c != u'"')
                field += c;
            else if (text.mid(i + 1, 1) == u"\"")
                field += text.at(++i);
            else
                quoted = false;
        } else if (c == u'"' && field.isEmpty()) {
            quoted = true;
        } else if (c == separator) {
            row += field;
            field.clear();
        } else if (c == u'\n') {
            endRow();
        } else if (c != u'\r') {
            field += c;
        }
    }
    endRow();
    return rows;
}

Result<ImportedMonitors> monitorsFromCsv(const QByteArray &bytes, const QString &fileName)
{
    static const QStringList known{QStringLiteral("name"),     QStringLiteral("url"),
                                   QStringLiteral("service"),  QStringLiteral("interval"),
                                   QStringLiteral("timeout"),  QStringLiteral("retries"),
                                   QStringLiteral("method"),   QStringLiteral("status"),
                                   QStringLiteral("contains"), QStringLiteral("paused")};
    QString text = QString::fromUtf8(bytes);
    if (text.startsWith(QChar::ByteOrderMark))
        text.remove(0, 1);
    QList<QStringList> rows = csvRows(text);
    ImportCollection collection;
    QStringList columns = known.first(2);
    QStringList header;
    for (const auto &name : rows.value(0))
        header += name.trimmed().toLower();
    if (header.contains(known.at(1))) {
        columns = header;
        rows.removeFirst();
        for (const auto &name : header)
            if (!known.contains(name))
                collection.leaveOut(CsvText::tr("The column “%1” is not taken over; known are %2.")
                                        .arg(name, known.join(QStringLiteral(", "))));
    } else if (rows.value(0).size() == 1) {
        columns = {known.at(1)};
    }
    if (rows.isEmpty())
        return failure(
            Error::Kind::Invalid,
            CsvText::tr("%1 has no rows. Write name and url of a monitor in each line.").arg(fileName));
    Table table(columns, fileName, collection);
    for (const auto &row : std::as_const(rows))
        if (const auto problem = table.take(row))
            collection.leaveOut(row.value(0), *problem);
    return collection.finish();
}

} // namespace backwatch
