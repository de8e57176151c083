// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/proberegistry.h"

#include "app/probes/httpprobe.h"

namespace backwatch {

namespace {

/// Hands each request to the probe that knows its protocol.
class AllProbes final : public Probe
{
public:
    AllProbes(const Clock &clock, const ProbeSettings &settings) : m_http(clock, settings)
    {
        connect(&m_http, &Probe::answered, this, &Probe::answered);
    }

    void start(const ProbeRequest &request) override
    {
        std::visit([&](const auto &check) { probeFor(check).start(request); }, request.check);
    }

    void cancel(quint64 token) override { m_http.cancel(token); }

private:
    Probe &probeFor(const HttpCheck &) { return m_http; }

    HttpProbe m_http;
};

} // namespace

std::unique_ptr<Probe> createProbes(const Clock &clock, const ProbeSettings &settings)
{
    return std::make_unique<AllProbes>(clock, settings);
}

} // namespace backwatch
