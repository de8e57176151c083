// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/streamplan.h"

#include "app/probes/fastcgiconversation.h"
#include "app/probes/lineconversation.h"
#include "app/probes/memcachedconversation.h"
#include "app/probes/mysqlconversation.h"
#include "app/probes/postgresqlconversation.h"
#include "app/probes/redisconversation.h"
#include "app/probes/sshconversation.h"
#include "app/probes/starttls.h"
#include "app/probes/tcpconversation.h"

namespace backwatch {

namespace {

template <typename Check>
StreamPlan planOf(const Check &check, std::unique_ptr<Conversation> conversation)
{
    StreamPlan plan;
    plan.server = check.server;
    plan.conversation = std::move(conversation);
    plan.slowAfter = check.slowAfter;
    if constexpr (requires { check.secure; })
        plan.secure = check.secure;
    if constexpr (requires { check.tls; })
        plan.tls = check.tls;
    if constexpr (requires { check.certificateDays; })
        plan.certificateDays = check.certificateDays;
    return plan;
}

struct Planner
{
    using Plan = std::optional<StreamPlan>;

    Plan operator()(const TcpCheck &check) const
    {
        return planOf(check, std::make_unique<TcpConversation>(check.send, check.expect));
    }
    Plan operator()(const TlsCheck &check) const
    {
        auto plan = planOf(check, startTlsConversation(check.startTls));
        plan.secure = check.startTls == StartTls::None;
        return plan;
    }
    Plan operator()(const MailCheck &check) const
    {
        const bool smtp = check.protocol == MailProtocol::Smtp;
        auto plan = check.security == MailSecurity::StartTls
                        ? planOf(check, startTlsConversation(smtp ? StartTls::Smtp : StartTls::Imap))
                        : planOf(check, smtp ? smtpGreeting() : imapGreeting());
        plan.secure = check.security == MailSecurity::Tls;
        return plan;
    }
    Plan operator()(const SshCheck &check) const
    {
        return planOf(check, std::make_unique<SshConversation>());
    }
    Plan operator()(const RedisCheck &check) const
    {
        return planOf(check, std::make_unique<RedisConversation>(check));
    }
    Plan operator()(const MemcachedCheck &check) const
    {
        return planOf(check, std::make_unique<MemcachedConversation>());
    }
    Plan operator()(const FastCgiCheck &check) const
    {
        return planOf(check, std::make_unique<FastCgiConversation>(check));
    }
    Plan operator()(const DatabaseCheck &check) const
    {
        const bool tls = check.secure;
        auto plan = check.kind == DatabaseKind::Mysql
                        ? planOf(check, std::make_unique<MysqlConversation>(tls))
                        : planOf(check, std::make_unique<PostgresqlConversation>(tls));
        plan.secure = false; // both ask for it in their own words
        return plan;
    }
    template <typename Check>
    Plan operator()(const Check &) const
    {
        return std::nullopt;
    }
};

struct Server
{
    template <typename Check>
    ServerAddress *operator()(Check &check) const
    {
        if constexpr (requires { check.server; })
            return &check.server;
        else
            return nullptr;
    }
};

} // namespace

std::optional<StreamPlan> streamPlanFor(const CheckSpec &check)
{
    return std::visit(Planner{}, check);
}

ServerAddress *serverOf(CheckSpec &check)
{
    return std::visit(Server{}, check);
}

} // namespace backwatch
