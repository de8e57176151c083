// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"
#include "app/secrets/memorysecrets.h"

#include <QFile>
#include <QTemporaryDir>

namespace backwatch {

/// Runs commands in this process over a data folder of its own.
class CommandRig
{
public:
    struct Answer
    {
        int exitCode = -1;
        QString out;
        QString err;
    };

    DataDirectory directory() const { return DataDirectory(m_folder.filePath(QStringLiteral("data"))); }
    QString filePath(const QString &name) const { return m_folder.filePath(name); }

    QString write(const QString &name, const QByteArray &text) const
    {
        QFile file(filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName()
                                                                                  : QString();
    }

    Answer run(const QString &command, const QStringList &arguments)
    {
        Answer answer;
        QTextStream out(&answer.out);
        QTextStream err(&answer.err);
        CommandContext context{directory(), m_clock, {}, {}, out, err, m_secrets};
        answer.exitCode = runCommand(command, arguments, context);
        out.flush();
        err.flush();
        return answer;
    }

    void setSecrets(const std::function<SecretDoor()> &secrets) { m_secrets = secrets; }

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::function<SecretDoor()> m_secrets;
};

} // namespace backwatch
