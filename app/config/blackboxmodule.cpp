// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/blackboxmodule.h"

#include "app/config/httpimport.h"
#include "app/config/serverwords.h"

#include <QCoreApplication>
#include <QUrl>

namespace backwatch {

namespace {

struct BlackboxModuleText
{
    Q_DECLARE_TR_FUNCTIONS(BlackboxImport)
};

AddressFamily familyOf(const YamlNodePtr &settings)
{
    if (flagAt(settings, "ip_protocol_fallback", true))
        return AddressFamily::Any;
    return textAt(settings, "preferred_ip_protocol") == u"ip4" ? AddressFamily::Ipv4 : AddressFamily::Ipv6;
}

std::optional<ServerAddress> serverOf(const QString &target)
{
    const QUrl url(QStringLiteral("tcp://") + target.section(QStringLiteral("://"), -1));
    if (url.host().isEmpty() || url.port() <= 0)
        return std::nullopt;
    return ServerAddress{url.host(), static_cast<quint16>(url.port()), {}, AddressFamily::Any};
}

} // namespace

std::nullopt_t BlackboxModule::no(const QString &why) const
{
    collection.leaveOut(monitor, why);
    return std::nullopt;
}

void BlackboxModule::butNot(const YamlNodePtr &settings, std::initializer_list<const char *> keys) const
{
    for (const char *key : keys)
        if (child(settings, key))
            collection.leaveOut(monitor,
                                BlackboxModuleText::tr("the setting %1 of its module is not taken over.")
                                    .arg(QLatin1String(key)));
}

std::optional<CheckSpec> BlackboxModule::checkOf(const QString &target) const
{
    if (prober == u"http")
        return http(target);
    if (prober == u"tcp")
        return tcp(target);
    if (prober == u"icmp")
        return ping(target);
    if (prober == u"dns")
        return dns(target);
    return no(BlackboxModuleText::tr("checks by the prober “%1” are not possible here.").arg(prober));
}

TlsSettings BlackboxModule::tls(const YamlNodePtr &settings) const
{
    const auto config = child(settings, "tls_config");
    TlsSettings tls;
    tls.verify = !flagAt(config, "insecure_skip_verify");
    tls.authorities = textAt(config, "ca_file");
    tls.certificate = textAt(config, "cert_file");
    tls.key = textAt(config, "key_file");
    tls.serverName = textAt(config, "server_name");
    butNot(config, {"min_version", "max_version"});
    return tls;
}

void BlackboxModule::readExpectations(const YamlNodePtr &settings, HttpCheck *check) const
{
    QList<StatusRange> ranges;
    for (const auto &code : textsAt(settings, "valid_status_codes"))
        if (const int number = code.toInt(); number >= 100 && number <= 599)
            ranges += StatusRange{number, number};
    if (!ranges.isEmpty())
        check->expect.status = ranges;
    const QStringList wanted = textsAt(settings, "fail_if_body_not_matches_regexp");
    check->expect.bodyMatches = wanted.value(0);
    if (wanted.size() > 1)
        collection.leaveOut(
            monitor,
            BlackboxModuleText::tr("only the first expression that its body has to match is taken over."));
    for (const auto &header : itemsAt(settings, "fail_if_header_not_matches"))
        check->expect.headers +=
            HeaderExpectation{textAt(header, "header").toLatin1(), {}, textAt(header, "regexp")};
    butNot(settings, {"fail_if_body_matches_regexp", "fail_if_header_matches", "fail_if_ssl",
                      "fail_if_not_ssl", "fail_if_body_json_matches_cel", "body_size_limit", "compression"});
}

void BlackboxModule::readLogin(const YamlNodePtr &settings, HttpCheck *check) const
{
    using Kind = HttpAuthentication::Kind;
    if (const auto basic = child(settings, "basic_auth"))
        check->authentication = {
            Kind::Basic, textAt(basic, "username"),
            collection.secret(monitor, QStringLiteral("password"), textAt(basic, "password"))};
    const auto authorization = child(settings, "authorization");
    const QString token =
        authorization ? textAt(authorization, "credentials") : textAt(settings, "bearer_token");
    if (!token.isEmpty() && (!authorization || textAt(authorization, "type").toLower() != u"basic"))
        check->authentication = {
            Kind::Bearer, {}, collection.secret(monitor, QStringLiteral("token"), token)};
    butNot(settings, {"bearer_token_file", "oauth2"});
    butNot(child(settings, "basic_auth"), {"password_file", "username_file"});
    butNot(authorization, {"credentials_file"});
}

std::optional<CheckSpec> BlackboxModule::http(const QString &target) const
{
    const auto settings = child(node, "http");
    HttpCheck check;
    const QString url =
        target.contains(QStringLiteral("://")) ? target : QString(QStringLiteral("http://") + target);
    if (const auto problem = setImportedUrl(url, monitor, collection, &check))
        return no(*problem);
    const auto method = importedMethod(textAt(settings, "method"));
    if (!method)
        return no(
            BlackboxModuleText::tr("the method “%1” is not one of ours.").arg(textAt(settings, "method")));
    check.method = *method;
    const auto headers = child(settings, "headers");
    for (const auto &name : keysOf(headers))
        addImportedHeader(name, textAt(headers, name.toUtf8().constData()), monitor, collection, &check);
    if (hasBody(check.method))
        check.body = textAt(settings, "body").toUtf8();
    check.proxy = textAt(settings, "proxy_url");
    check.tls = tls(settings);
    check.family = familyOf(settings);
    check.followRedirects =
        flagAt(settings, "follow_redirects", !flagAt(settings, "no_follow_redirects", false));
    const QStringList versions = textsAt(settings, "valid_http_versions");
    if (versions == QStringList{QStringLiteral("HTTP/1.1")})
        check.version = HttpVersion::Http1;
    else if (versions == QStringList{QStringLiteral("HTTP/2.0")} ||
             versions == QStringList{QStringLiteral("HTTP/2")})
        check.version = HttpVersion::Http2;
    readExpectations(settings, &check);
    readLogin(settings, &check);
    return check;
}

std::optional<CheckSpec> BlackboxModule::tcp(const QString &target) const
{
    const auto settings = child(node, "tcp");
    const auto server = serverOf(target);
    if (!server)
        return no(BlackboxModuleText::tr("“%1” names no host and port.").arg(target));
    TcpCheck check;
    check.server = *server;
    check.server.family = familyOf(settings);
    check.secure = flagAt(settings, "tls");
    if (check.secure)
        check.tls = tls(settings);
    butNot(settings, {"query_response", "source_ip_address"});
    return check;
}

std::optional<CheckSpec> BlackboxModule::ping(const QString &target) const
{
    const auto settings = child(node, "icmp");
    PingCheck check;
    check.host = target.section(QStringLiteral("://"), -1);
    check.family = familyOf(settings);
    butNot(settings, {"payload_size", "dont_fragment", "ttl", "source_ip_address"});
    return check;
}

std::optional<CheckSpec> BlackboxModule::dns(const QString &target) const
{
    const auto settings = child(node, "dns");
    DnsCheck check;
    check.resolver = target.section(QStringLiteral("://"), -1);
    check.name = textAt(settings, "query_name");
    if (check.name.endsWith(u'.'))
        check.name.chop(1);
    const QString type = textAt(settings, "query_type").toUpper();
    const auto index = dnsTypeWords().indexOf(type.isEmpty() ? QStringLiteral("A") : type);
    if (index < 0)
        return no(BlackboxModuleText::tr("records of the type “%1” are not asked for here.").arg(type));
    check.type = static_cast<DnsType>(index);
    butNot(settings, {"validate_answer_rrs", "validate_authority_rrs", "validate_additional_rrs",
                      "valid_rcodes", "transport_protocol", "query_class", "recursion_desired"});
    return check;
}

} // namespace backwatch
