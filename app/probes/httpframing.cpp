// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httpframing.h"

#include "app/probes/shownbytes.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

struct HttpFramingText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::HttpFraming)
};

} // namespace

QString framingFault(int status, const HttpHeaders &headers)
{
    constexpr int kSwitchingProtocols = 101;
    if (status == kSwitchingProtocols)
        return HttpFramingText::tr("The server switches to another protocol, which nobody asked for.");
    std::optional<QByteArray> announced;
    for (const auto &header : headers) {
        if (header.name.compare("content-length", Qt::CaseInsensitive) != 0)
            continue;
        const QByteArray value = header.value.trimmed();
        bool isNumber = false;
        if (value.toLongLong(&isNumber) < 0 || !isNumber)
            return HttpFramingText::tr("The length “%1” that the answer announces is none.")
                .arg(shownBytes(value, 60));
        if (announced && *announced != value)
            return HttpFramingText::tr("The answer announces two lengths, %1 and %2.")
                .arg(QString::fromLatin1(*announced), QString::fromLatin1(value));
        announced = value;
    }
    return {};
}

} // namespace backwatch
