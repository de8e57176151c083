// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/gatusimport.h"

#include "app/config/httpimport.h"
#include "app/config/monitorfromaddress.h"
#include "app/config/serverwords.h"
#include "app/config/yamlvalues.h"

#include <QCoreApplication>
#include <QUrl>

namespace backwatch {

namespace {

using namespace std::chrono_literals;

struct GatusText
{
    Q_DECLARE_TR_FUNCTIONS(GatusImport)
};

class Endpoint
{
public:
    Endpoint(const YamlNodePtr &node, ImportCollection &collection) : m_node(node), m_collection(collection)
    {
        m_monitor.name = textAt(node, "name");
        m_monitor.service = textAt(node, "group");
        m_monitor.interval = durationAt(node, "interval").value_or(60s);
        m_monitor.timeout = durationAt(child(node, "client"), "timeout").value_or(10s);
        m_monitor.paused = !flagAt(node, "enabled", true);
    }

    void take()
    {
        const auto made = check();
        if (!made) {
            m_collection.leaveOut(m_monitor.name, m_why);
            return;
        }
        m_monitor.check = *made;
        for (const auto &condition : textsAt(m_node, "conditions"))
            if (!addGatusCondition(condition, &m_monitor.check))
                butNot(GatusText::tr("the condition “%1” is not taken over.").arg(condition));
        if (!itemsAt(m_node, "alerts").empty())
            butNot(GatusText::tr("its alerts are not taken over; set up alerts here."));
        m_collection.add(m_monitor);
    }

private:
    void butNot(const QString &what) { m_collection.leaveOut(m_monitor.name, what); }

    std::optional<CheckSpec> no(const QString &why)
    {
        m_why = why;
        return std::nullopt;
    }

    std::optional<CheckSpec> check()
    {
        const QString url = textAt(m_node, "url");
        const QString scheme = url.section(QStringLiteral("://"), 0, 0);
        if (const auto dns = child(m_node, "dns"))
            return dnsCheck(dns, url);
        if (scheme == u"http" || scheme == u"https")
            return httpCheck(url);
        if (scheme == u"icmp") {
            PingCheck ping;
            ping.host = QUrl(url).host();
            return ping;
        }
        if (scheme == u"starttls") {
            TlsCheck tls;
            tls.startTls = StartTls::Smtp;
            const QUrl address(url);
            tls.server = {address.host(), static_cast<quint16>(address.port(25)), {}, AddressFamily::Any};
            return tls;
        }
        if (scheme != u"tcp" && scheme != u"tls" && scheme != u"ssh")
            return no(GatusText::tr("checks of “%1” are not possible here.").arg(url));
        if (child(m_node, "body"))
            butNot(GatusText::tr("what it says over the connection is not taken over."));
        const auto monitor = monitorFromAddress(url);
        if (!monitor)
            return no(monitor.error().sentence);
        return monitor->check;
    }

    std::optional<CheckSpec> dnsCheck(const YamlNodePtr &dns, const QString &server)
    {
        DnsCheck check;
        check.name = textAt(dns, "query-name");
        if (check.name.endsWith(u'.'))
            check.name.chop(1);
        check.resolver = server.section(QStringLiteral("://"), -1);
        const QString type = textAt(dns, "query-type").toUpper();
        const auto index = dnsTypeWords().indexOf(type);
        if (index < 0)
            return no(GatusText::tr("records of the type “%1” are not asked for here.").arg(type));
        check.type = static_cast<DnsType>(index);
        return check;
    }

    std::optional<CheckSpec> httpCheck(const QString &url)
    {
        HttpCheck check;
        if (const auto problem = setImportedUrl(url, m_monitor.name, m_collection, &check))
            return no(*problem);
        const auto method = importedMethod(textAt(m_node, "method"));
        if (!method)
            return no(GatusText::tr("the method “%1” is not one of ours.").arg(textAt(m_node, "method")));
        check.method = *method;
        const auto headers = child(m_node, "headers");
        for (const auto &name : keysOf(headers))
            addImportedHeader(name, textAt(headers, name.toUtf8().constData()), m_monitor.name, m_collection,
                              &check);
        if (hasBody(check.method))
            check.body = textAt(m_node, "body").toUtf8();
        if (flagAt(m_node, "graphql"))
            butNot(GatusText::tr("that its body is GraphQL is not taken over; write the body as JSON."));
        readClient(&check);
        return check;
    }

    void readClient(HttpCheck *check)
    {
        const auto client = child(m_node, "client");
        check->tls.verify = !flagAt(client, "insecure");
        check->followRedirects = !flagAt(client, "ignore-redirect");
        check->proxy = textAt(client, "proxy-url");
        if (const auto tls = child(client, "tls")) {
            check->tls.certificate = textAt(tls, "certificate-file");
            check->tls.key = textAt(tls, "private-key-file");
        }
        for (const char *key : {"oauth2", "identity-aware-proxy", "dns-resolver", "tunnel"})
            if (child(client, key))
                butNot(GatusText::tr("its setting %1 is not taken over.").arg(QLatin1String(key)));
    }

    const YamlNodePtr &m_node;
    ImportCollection &m_collection;
    Monitor m_monitor;
    QString m_why;
};

} // namespace

Result<ImportedMonitors> monitorsFromGatus(const QByteArray &text, const QString &fileName)
{
    const auto root = parsedYaml(text, fileName);
    if (!root)
        return tl::make_unexpected(root.error());
    const bool old = !child(*root, "endpoints"); // it called them services once
    const auto list = child(*root, old ? "services" : "endpoints");
    if (!list || list->kind != YamlNode::Kind::Sequence)
        return failure(
            Error::Kind::Invalid,
            GatusText::tr("%1 has no endpoints. Name the configuration file of a Gatus.").arg(fileName));
    ImportCollection collection;
    for (const auto &node : list->items)
        Endpoint(node, collection).take();
    for (const auto &node : itemsAt(*root, "external-endpoints"))
        collection.leaveOut(textAt(node, "name"),
                            GatusText::tr("what reports in is a push here; give it a token of its own."));
    for (const auto &node : itemsAt(*root, "suites"))
        collection.leaveOut(textAt(node, "name"), GatusText::tr("suites of steps are not possible here."));
    if (child(*root, "maintenance"))
        collection.leaveOut(GatusText::tr("Its maintenance is not taken over; write it into the services."));
    return collection.finish();
}

} // namespace backwatch
