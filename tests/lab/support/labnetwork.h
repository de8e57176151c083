// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace backwatch {

/// Two network namespaces with one cable between them: here is the program's machine, 10.77.0.2, there the
/// others, 10.77.0.1 (a router), 10.77.0.11 and 10.77.0.12. Needs root; nothing of it touches the machine's
/// own network, and it is gone with this object.
class LabNetwork
{
public:
    LabNetwork();
    ~LabNetwork();
    LabNetwork(const LabNetwork &) = delete;
    LabNetwork &operator=(const LabNetwork &) = delete;

    /// Empty when it stands, otherwise why it cannot.
    QString problem() const { return m_problem; }

    /// What a command line begins with that is to run here, or there.
    QStringList here() const;
    QStringList there() const;

    /// The link of the program's machine is switched off, and on again.
    bool switchOwnLink(bool on);
    /// The other end of the cable is pulled, and put back.
    bool pullOtherEnd(bool in);
    /// Nobody is there any more, though the link is up; and back again.
    bool silenceEverybody(bool back);
    bool silence(const QString &address, bool back);

private:
    bool ip(const QStringList &arguments);
    bool inside(const QString &space, const QStringList &arguments);

    QString m_here;
    QString m_there;
    QString m_problem;
};

} // namespace backwatch
