// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/checkcommand.h"

#include "app/commands/checkreport.h"
#include "app/commands/target.h"
#include "app/config/webaddress.h"
#include "app/core/duration.h"
#include "app/service/checkonce.h"
#include "app/service/storedconfiguration.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace backwatch {

namespace {

struct CheckCommandText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::CheckCommand)
};

/// Kinds without a connection of their own have no family.
void useFamily(CheckSpec &check, AddressFamily family)
{
    std::visit(
        [family](auto &one) {
            if constexpr (requires { one.family; })
                one.family = family;
            else if constexpr (requires { one.server; })
                one.server.family = family;
        },
        check);
}

Result<void> applyOptions(const QCommandLineParser &parser, Monitor &monitor)
{
    if (parser.isSet(QStringLiteral("timeout"))) {
        const auto timeout = parseDuration(parser.value(QStringLiteral("timeout")));
        if (!timeout || timeout->count() == 0) {
            return failure(Error::Kind::Invalid,
                           CheckCommandText::tr("“%1” is not a timeout; write it as 10s or 500ms.")
                               .arg(parser.value(QStringLiteral("timeout"))));
        }
        monitor.timeout = *timeout;
    }
    auto *http = std::get_if<HttpCheck>(&monitor.check);
    if (parser.isSet(QStringLiteral("connect-to"))) {
        const QString value = parser.value(QStringLiteral("connect-to"));
        if (!http)
            return failure(Error::Kind::Invalid,
                           CheckCommandText::tr("--connect-to is for http and https alone; name the address "
                                                "itself in place of the target."));
        if (!isHostAndPort(value))
            return failure(
                Error::Kind::Invalid,
                CheckCommandText::tr("“%1” is not HOST:PORT; write it as 192.0.2.7:443 or [2001:db8::7]:443.")
                    .arg(value));
        http->connectTo = value;
    }
    if (parser.isSet(QStringLiteral("ipv4")))
        useFamily(monitor.check, AddressFamily::Ipv4);
    if (parser.isSet(QStringLiteral("ipv6")))
        useFamily(monitor.check, AddressFamily::Ipv6);
    return {};
}

/// Whoever said how long it may take does not want to wait for a person at the keychain.
Result<void> fillIn(Monitor &monitor, bool isHurried, CommandContext &context)
{
    if (secretNames(monitor.check).isEmpty())
        return {};
    const auto tell = [&context](const QString &sentence) { context.err << sentence << Qt::endl; };
    SecretDoor secrets = context.secrets();
    return isHurried ? secrets.fillIn(monitor.check, tell, monitor.timeout)
                     : secrets.fillIn(monitor.check, tell);
}

/// One check of a monitor whose secrets are filled in; a group is asked by its members.
Sample sampleOf(const Monitor &monitor, bool isHurried, CommandContext &context)
{
    if (!std::holds_alternative<GroupCheck>(monitor.check))
        return context.check(monitor).sample;
    const UtcMs at = context.clock.utcMs();
    Sample unknown;
    unknown.startedAt = at;
    const auto configuration = storedConfiguration(context.directory);
    if (!configuration) {
        unknown.detail = configuration.error().sentence;
        return unknown;
    }
    return checkGroupOnce(monitor, *configuration, at, [&](Monitor member) {
        if (isHurried)
            member.timeout = monitor.timeout;
        if (const auto filled = fillIn(member, isHurried, context); !filled) {
            unknown.detail = filled.error().sentence;
            return unknown;
        }
        return sampleOf(member, isHurried, context);
    });
}

/// A wrong call is "unknown" to a monitoring system, not a failing target.
int unknown(const Error &error, CommandContext &context)
{
    context.err << error.sentence << Qt::endl;
    return kExitUnknown;
}

} // namespace

int checkCommand(const QStringList &arguments, CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions({
        {QStringLiteral("json"), CheckCommandText::tr("Print a JSON object instead of a plugin line.")},
        {QStringLiteral("timeout"), CheckCommandText::tr("Longest time for all of it, as in 10s."),
         QStringLiteral("D")},
        {QStringLiteral("connect-to"), CheckCommandText::tr("Connect there, keeping Host and SNI."),
         QStringLiteral("HOST:PORT")},
        {QStringLiteral("ipv4"), CheckCommandText::tr("Use IPv4 only.")},
        {QStringLiteral("ipv6"), CheckCommandText::tr("Use IPv6 only.")},
    });
    if (!parseArguments(parser, QStringLiteral("check"), arguments, context))
        return kExitUnknown;
    const bool bothFamilies = parser.isSet(QStringLiteral("ipv4")) && parser.isSet(QStringLiteral("ipv6"));
    if (parser.positionalArguments().size() != 1 || bothFamilies) {
        context.err
            << CheckCommandText::tr(
                   "Usage: backwatch check URL|NAME [--json] [--timeout 10s] [--connect-to HOST:PORT] "
                   "[--ipv4|--ipv6]")
            << Qt::endl;
        return kExitUnknown;
    }
    auto monitor = targetOf(parser.positionalArguments().first(), context);
    if (!monitor)
        return unknown(monitor.error(), context);
    if (const auto applied = applyOptions(parser, *monitor); !applied)
        return unknown(applied.error(), context);

    const bool isHurried = parser.isSet(QStringLiteral("timeout"));
    if (const auto filled = fillIn(*monitor, isHurried, context); !filled)
        return unknown(filled.error(), context);
    const Sample sample = sampleOf(*monitor, isHurried, context);
    if (parser.isSet(QStringLiteral("json"))) {
        const QJsonDocument document(checkJson(*monitor, sample, context.clock.utcMs()));
        context.out << QString::fromUtf8(document.toJson(QJsonDocument::Indented)) << Qt::flush;
    } else {
        context.out << pluginLine(*monitor, sample) << Qt::endl;
    }
    return pluginExitCode(stateOfOne(sample.outcome));
}

} // namespace backwatch
