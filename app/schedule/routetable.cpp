// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/routetable.h"

#include <QByteArray>
#include <QHostAddress>
#include <QtEndian>

namespace backwatch {

namespace {

QList<QByteArrayList> fieldsOf(QByteArrayView table)
{
    QList<QByteArrayList> lines;
    for (const auto &line : table.toByteArray().split('\n'))
        lines.append(line.simplified().split(' '));
    return lines;
}

} // namespace

QStringList gatewaysInRoutes(QByteArrayView procNetRoute)
{
    // Iface Destination Gateway Flags RefCnt Use Metric Mask …, addresses as the machine's own integers.
    QStringList gateways;
    for (const auto &fields : fieldsOf(procNetRoute)) {
        if (fields.size() < 8 || fields.at(1) != "00000000" || fields.at(7) != "00000000")
            continue;
        bool isNumber = false;
        const quint32 raw = fields.at(2).toUInt(&isNumber, 16);
        if (isNumber && raw != 0)
            gateways.append(QHostAddress(qFromBigEndian(raw)).toString());
    }
    gateways.removeDuplicates();
    return gateways;
}

QStringList gatewaysInRoutes6(QByteArrayView procNetIpv6Route)
{
    // Destination PrefixLength Source PrefixLength NextHop Metric RefCnt Use Flags Iface, all in hexadecimal.
    const QByteArray none(32, '0');
    QStringList gateways;
    for (const auto &fields : fieldsOf(procNetIpv6Route)) {
        if (fields.size() < 10 || fields.at(0) != none || fields.at(1) != "00" || fields.at(4) == none)
            continue;
        const QByteArray bytes = QByteArray::fromHex(fields.at(4));
        if (bytes.size() != 16)
            continue;
        QHostAddress address(reinterpret_cast<const quint8 *>(bytes.constData()));
        if (address.isLinkLocal())
            address.setScopeId(QString::fromLatin1(fields.at(9)));
        gateways.append(address.toString());
    }
    gateways.removeDuplicates();
    return gateways;
}

} // namespace backwatch
