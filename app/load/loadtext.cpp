// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/load/loadtext.h"

#include <cmath>

namespace backwatch {

namespace {

constexpr qsizetype kLongestPart = 80;

} // namespace

Result<QList<QByteArrayView>> loadLines(QByteArrayView text)
{
    QList<QByteArrayView> lines;
    while (!text.isEmpty()) {
        if (lines.size() >= kMostLoadLines)
            return failure(Error::Kind::Invalid,
                           LoadText::tr("More than %n line(s) came, which no status page has. Check the "
                                        "address of this load source.",
                                        nullptr, static_cast<int>(kMostLoadLines)));
        const auto end = text.indexOf('\n');
        QByteArrayView line = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        if (line.endsWith('\r'))
            line.chop(1);
        lines.append(line);
    }
    return lines;
}

std::optional<double> loadNumber(QByteArrayView text)
{
    // toDouble() would take spaces, signs and "inf".
    if (text.isEmpty() || text.size() > 40 || !(text.front() == '.' || std::isdigit(text.front())))
        return std::nullopt;
    bool ok = false;
    const double number = text.toDouble(&ok);
    return ok && std::isfinite(number) && number <= kGreatestLoadNumber ? std::optional(number)
                                                                        : std::nullopt;
}

QString loadPart(QByteArrayView name)
{
    const QString text = QString::fromUtf8(name.first(qMin(name.size(), 4 * kLongestPart)));
    QString part;
    for (const QChar c : text) {
        if (part.size() >= kLongestPart)
            return part + u'…';
        part += c.isPrint() || c.isSurrogate() ? c : QChar(u'?');
    }
    return part;
}

bool isHtml(QByteArrayView text)
{
    const QByteArray start = text.first(qMin(text.size(), qsizetype(200))).toByteArray().trimmed().toLower();
    return start.startsWith("<!doctype") || start.startsWith("<html") || start.startsWith("<head");
}

} // namespace backwatch
