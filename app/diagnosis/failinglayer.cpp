// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/rules.h"

namespace backwatch {

namespace {

using enum CauseKind;

Layer ofOutcome(Outcome outcome)
{
    switch (outcome) {
    case Outcome::DnsNotFound:
    case Outcome::DnsTimeout:
    case Outcome::DnsFailure:
        return Layer::Dns;
    case Outcome::ConnectTimeout:
    case Outcome::Unreachable:
        return Layer::Host;
    case Outcome::LocalNetwork:
        return Layer::Client;
    default:
        // What listens at the target's port: nothing in front of it is known.
        return Layer::WebServer;
    }
}

/// The next part behind who made the page.
Layer behind(Layer producer)
{
    switch (producer) {
    case Layer::Edge:
    case Layer::Balancer:
    case Layer::Cache:
        return Layer::WebServer;
    case Layer::WebServer:
    case Layer::Runtime:
        return Layer::Runtime;
    case Layer::Application:
        return Layer::Application;
    default:
        // Whatever it is, a gateway hands on to something that runs a program.
        return Layer::Runtime;
    }
}

Layer layerOf(const Signs &signs, CauseKind first)
{
    switch (first) {
    case DatabaseDown:
        return Layer::Database;
    case UpstreamUnresolved:
        return Layer::Dns;
    case HostingLimit:
        return Layer::Provider;
    case RedirectLoop:
    case Truncated:
        return Layer::Application;
    case RateLimited:
    case Maintenance:
    case Misconfigured:
    case StoredError:
    case Overload:
        return signs.role == Role::Unknown ? Layer::Application : signs.producerLayer;
    case ApplicationError:
        return Layer::Application;
    case Unknown:
        return Layer::Unknown;
    default:
        return behind(signs.producerLayer);
    }
}

} // namespace

FailingPart failingPart(const Signs &signs, const Recognition &recognition, CauseKind first)
{
    if (signs.status == 0)
        return {ofOutcome(signs.outcome), {}};
    // The page names a part for the cause that it names first; evidence may have put another one there.
    const bool asThePageSays = recognition.causes.isEmpty() || recognition.causes.first().kind == first;
    if (recognition.failing.layer != Layer::Unknown && asThePageSays)
        return recognition.failing;
    if (signs.status < 400 && signs.role != Role::Gateway)
        return {Layer::Application, {}};
    const Layer layer = layerOf(signs, first);
    return {layer, layer == signs.producerLayer ? recognition.producer : QString()};
}

} // namespace backwatch
