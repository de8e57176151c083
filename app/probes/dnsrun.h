// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/checkrun.h"
#include "app/probes/curlengine.h"
#include "app/probes/probe.h"
#include "app/probes/verdict.h"

#include <QHostAddress>

struct ares_channeldata;

namespace backwatch {

/// One question to one resolver, within one timeout. Lives in the engine's thread. Each has sockets of its
/// own, so that a resolver that hangs or refuses is never remembered against the next check.
class DnsRun final : public CheckRun
{
public:
    DnsRun(CurlEngine &engine, const ProbeRequest &request, UtcMs startedAt, Done done);
    ~DnsRun() override;

    void start() override;
    void cancel() override;

private:
    static void onSocket(void *self, int socket, int readable, int writable);
    static void onAnswer(void *self, int status, int timeouts, unsigned char *reply, int size);

    bool openChannel();
    bool chooseResolver();
    void serve(int socket, quint32 events);
    void waitFurther();
    void conclude(int status, const QByteArray &reply);
    void finish(const Verdict &verdict, Moment end);

    CurlEngine &m_engine;
    ProbeRequest m_request;
    DnsCheck m_check;
    UtcMs m_startedAt;
    Done m_done;
    ares_channeldata *m_channel = nullptr;
    QString m_address; ///< of the resolver
    quint16 m_port = 53;
    Moment m_begin{};
    Moment m_deadline{};
    bool m_answered = false;
    bool m_finished = false;
    std::optional<CurlEngine::TimerId> m_timer;
};

} // namespace backwatch
