// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/storedspec.h"

#include "app/config/checkspecs.h"
#include "app/config/maintenancereader.h"
#include "app/config/monitorreader.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

struct StoredSpec
{
    Q_DECLARE_TR_FUNCTIONS(StoredSpec)
};

QByteArray written(const SpecNode &node)
{
    return writtenSpec(node, SpecStyle::Json);
}

tl::unexpected<Error> notStorable(const QString &name, const Result<void> &read)
{
    return failure(Error::Kind::Invalid,
                   read
                       ? StoredSpec::tr("%1 holds a value that cannot be stored. Check its fields.").arg(name)
                       : read.error().sentence);
}

} // namespace

Result<Monitor> monitorFromSpec(const QByteArray &spec, const QString &service, const QString &name)
{
    Monitor monitor;
    monitor.service = service;
    monitor.name = name;
    Problems problems(spec, qualifiedName(monitor));
    if (const auto root = readYaml(problems)) {
        FieldReader fields(root, StoredSpec::tr("A monitor"), {}, problems);
        MonitorPositions ignored;
        readMonitor(fields, DurationLimits::forStored(), &monitor, &ignored);
        fields.finish();
    }
    if (!problems.isEmpty())
        return tl::make_unexpected(problems.toError());
    return monitor;
}

Result<Service> serviceFromSpec(const QByteArray &spec, const QString &name)
{
    Service service{name, {}};
    Problems problems(spec, name);
    if (const auto root = readYaml(problems)) {
        FieldReader fields(root, StoredSpec::tr("A service"), {}, problems);
        service.load = readLoad(fields);
        service.timeouts = readTimeouts(fields, DurationLimits::forStored());
        service.maintenance = readMaintenance(fields);
        fields.finish();
    }
    if (!problems.isEmpty())
        return tl::make_unexpected(problems.toError());
    return service;
}

Result<QByteArray> storedSpec(const Monitor &monitor)
{
    const QByteArray spec = written(monitorSpec(monitor, Usual::LeftOut));
    auto again = monitorFromSpec(spec, monitor.service, monitor.name);
    if (again)
        again->id = monitor.id;
    if (!again || *again != monitor)
        return notStorable(qualifiedName(monitor), again.map([](const Monitor &) {}));
    return spec;
}

Result<QByteArray> storedSpec(const Service &service)
{
    const QByteArray spec = written(serviceSpec(service, Usual::LeftOut));
    const auto again = serviceFromSpec(spec, service.name);
    if (!again || *again != service)
        return notStorable(service.name, again.map([](const Service &) {}));
    return spec;
}

Result<NetworkSettings> networkFromSpec(const QByteArray &spec)
{
    NetworkSettings network;
    Problems problems(spec, StoredSpec::tr("network"));
    if (const auto root = readYaml(problems)) {
        FieldReader fields(root, StoredSpec::tr("The network"), {}, problems);
        network = readNetwork(fields);
    }
    if (!problems.isEmpty())
        return tl::make_unexpected(problems.toError());
    return network;
}

Result<QByteArray> storedSpec(const NetworkSettings &network)
{
    const QByteArray spec = written(networkSpec(network, Usual::LeftOut));
    const auto again = networkFromSpec(spec);
    if (!again || *again != network)
        return notStorable(StoredSpec::tr("network"), again.map([](const NetworkSettings &) {}));
    return spec;
}

} // namespace backwatch
