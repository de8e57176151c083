// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/secretcommand.h"

#include "app/commands/secretinput.h"

namespace backwatch {

namespace {

struct SecretCommandText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::SecretCommand)
};

SecretDoor::Tell tellOn(CommandContext &context)
{
    return [&context](const QString &sentence) { context.err << sentence << Qt::endl; };
}

int setSecret(const QString &name, CommandContext &context)
{
    // Before anybody types a value for it.
    if (const auto valid = SecretDoor::checkName(name); !valid)
        return report(valid.error(), context);
    const auto value =
        readSecretInput(context.input, SecretCommandText::tr("Value of “%1”: ").arg(name), context.err);
    if (!value)
        return report(value.error(), context);
    const auto stored = context.secrets().set(name, *value, tellOn(context));
    return stored ? kExitOk : report(stored.error(), context);
}

int removeSecret(const QString &name, CommandContext &context)
{
    const auto removed = context.secrets().remove(name, tellOn(context));
    return removed ? kExitOk : report(removed.error(), context);
}

int listSecrets(CommandContext &context)
{
    const auto names = context.secrets().list(tellOn(context));
    if (!names)
        return report(names.error(), context);
    for (const auto &name : *names)
        context.out << name << Qt::endl;
    return kExitOk;
}

} // namespace

int secretCommand(const QStringList &arguments, CommandContext &context)
{
    QCommandLineParser parser;
    if (!parseArguments(parser, QStringLiteral("secret"), arguments, context))
        return kExitUsage;
    const QStringList words = parser.positionalArguments();
    const QString verb = words.value(0);
    if (verb == QStringLiteral("set") && words.size() == 2)
        return setSecret(words.at(1), context);
    if (verb == QStringLiteral("remove") && words.size() == 2)
        return removeSecret(words.at(1), context);
    if (verb == QStringLiteral("list") && words.size() == 1)
        return listSecrets(context);
    // Not the words themselves: one of them may be the value.
    context.err << SecretCommandText::tr("Usage: backwatch secret set|remove NAME, or backwatch secret list; "
                                         "the value comes from the standard input.")
                << Qt::endl;
    return kExitUsage;
}

} // namespace backwatch
