// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/rules.h"

namespace backwatch {

namespace {

using enum CauseKind;

Layer ofOutcome(Outcome outcome, Layer watched)
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
        // What listens at the target's port: the admin knows what that is.
        return watched == Layer::Unknown ? Layer::WebServer : watched;
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
        return layerBehind(signs.producerLayer);
    }
}

} // namespace

Layer layerBehind(Layer producer)
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

FailingPart failingPart(const Signs &signs, const Recognition &recognition, CauseKind first)
{
    if (signs.status == 0)
        return {ofOutcome(signs.outcome, signs.watched), {}};
    // The page names a part for the cause that it names first; evidence may have put another one there.
    const bool asThePageSays = recognition.causes.isEmpty() || recognition.causes.first().kind == first;
    if (recognition.failing.layer != Layer::Unknown && asThePageSays) {
        FailingPart part = recognition.failing;
        if (part.id.isEmpty() && part.layer == signs.producerLayer)
            part.id = recognition.producer;
        return part;
    }
    if (signs.status < 400 && signs.role != Role::Gateway)
        return {Layer::Application, {}};
    const Layer layer = layerOf(signs, first);
    return {layer, layer == signs.producerLayer ? recognition.producer : QString()};
}

} // namespace backwatch
