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
        QString text;
        QTextStream out(&text);
        Answer answer = run(command, arguments, out);
        out.flush();
        answer.out = text;
        return answer;
    }

    /// With the answer written elsewhere.
    Answer run(const QString &command, const QStringList &arguments, QTextStream &out)
    {
        Answer answer;
        QTextStream err(&answer.err);
        CommandContext context{directory(), m_clock, m_check, {}, out, err, m_secrets};
        answer.exitCode = runCommand(command, arguments, context);
        err.flush();
        return answer;
    }

    /// What a check finds; well unless set.
    void setCheck(const std::function<CheckResult(const Monitor &)> &check) { m_check = check; }

    void setSecrets(const std::function<SecretDoor()> &secrets) { m_secrets = secrets; }

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::function<SecretDoor()> m_secrets;
    std::function<CheckResult(const Monitor &)> m_check = [](const Monitor &) {
        CheckResult good;
        good.sample.outcome = Outcome::Ok;
        return good;
    };
};

} // namespace backwatch
