// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labnetwork.h"

#include "tests/lab/support/labprocess.h"
#include "tests/lab/support/program.h"

#include <unistd.h>

namespace backwatch {

namespace {

const QStringList kThere{QStringLiteral("10.77.0.1"), QStringLiteral("10.77.0.11"),
                         QStringLiteral("10.77.0.12")};

QStringList words(const QString &line)
{
    return line.split(u' ', Qt::SkipEmptyParts);
}

} // namespace

LabNetwork::LabNetwork()
    : m_here(QStringLiteral("bw-here-%1").arg(::getpid()))
    , m_there(QStringLiteral("bw-there-%1").arg(::getpid()))
{
    if (LabProcess::find(QStringLiteral("ip")).isEmpty()) {
        m_problem = QStringLiteral("ip is not installed (packaging/quickstart deps installs it)");
        return;
    }
    if (::geteuid() != 0) {
        m_problem = QStringLiteral("only root may make network namespaces");
        return;
    }
    const bool made =
        ip(words(QStringLiteral("netns add ") + m_here)) &&
        ip(words(QStringLiteral("netns add ") + m_there)) &&
        inside(m_here, words(QStringLiteral("link add bw0 type veth peer name bw1 netns ") + m_there)) &&
        inside(m_here, words(QStringLiteral("link set lo up"))) &&
        inside(m_there, words(QStringLiteral("link set lo up"))) &&
        // Or else the second address goes with the first one.
        ip(words(QStringLiteral("netns exec %1 /bin/sh -c").arg(m_there)) +
           QStringList{QStringLiteral("echo 1 >/proc/sys/net/ipv4/conf/all/promote_secondaries")}) &&
        inside(m_here, words(QStringLiteral("addr add 10.77.0.2/24 dev bw0"))) && silenceEverybody(true) &&
        switchOwnLink(true) && pullOtherEnd(true);
    if (!made)
        m_problem = QStringLiteral("this machine lets nobody make network namespaces");
}

LabNetwork::~LabNetwork()
{
    // The cable goes with its ends.
    ip(words(QStringLiteral("netns del ") + m_here));
    ip(words(QStringLiteral("netns del ") + m_there));
}

QStringList LabNetwork::here() const
{
    return words(QStringLiteral("ip netns exec ") + m_here);
}

QStringList LabNetwork::there() const
{
    return words(QStringLiteral("ip netns exec ") + m_there);
}

bool LabNetwork::switchOwnLink(bool on)
{
    return inside(m_here, words(QStringLiteral("link set bw0 ") + (on ? u"up" : u"down")));
}

bool LabNetwork::pullOtherEnd(bool in)
{
    return inside(m_there, words(QStringLiteral("link set bw1 ") + (in ? u"up" : u"down")));
}

bool LabNetwork::silenceEverybody(bool back)
{
    bool done = true;
    for (const auto &address : kThere)
        done = silence(address, back) && done;
    return done;
}

bool LabNetwork::silence(const QString &address, bool back)
{
    return inside(m_there, words(QStringLiteral("addr %1 %2/24 dev bw1")
                                     .arg(back ? QStringLiteral("add") : QStringLiteral("del"), address)));
}

bool LabNetwork::ip(const QStringList &arguments)
{
    return runToEnd(LabProcess::find(QStringLiteral("ip")), arguments).exitCode == 0;
}

bool LabNetwork::inside(const QString &space, const QStringList &arguments)
{
    return ip(QStringList{QStringLiteral("-n"), space} + arguments);
}

} // namespace backwatch
