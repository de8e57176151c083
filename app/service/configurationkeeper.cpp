// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/configurationkeeper.h"

#include "app/config/configurationstore.h"
#include "app/core/logging.h"
#include "app/core/whenanswered.h"

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kRevisionPollMs = 3'000;

struct Stored
{
    Configuration configuration;
    qint64 revision = 0;
};

Result<Stored> readStored(const HistoryReader &reader)
{
    // The revision first: a change in between then only leads to one more look.
    const auto revision = configurationRevision(reader.database());
    if (!revision)
        return tl::make_unexpected(revision.error());
    auto configuration = loadConfiguration(reader.database());
    if (!configuration)
        return tl::make_unexpected(configuration.error());
    return Stored{*std::move(configuration), *revision};
}

/// The answer to a question that outlived the program. Continuations hang on the application, because Qt 6.4
/// may not lose their context.
Error ending()
{
    return {Error::Kind::Unavailable, ConfigurationKeeper::tr("Backwatch is being closed.")};
}

template <typename T>
QFuture<Result<T>> readyFailure(Error error)
{
    return QtFuture::makeReadyFuture(Result<T>(tl::make_unexpected(std::move(error))));
}

} // namespace

ConfigurationKeeper::ConfigurationKeeper(HistoryWriter &writer, HistoryQueries &queries)
    : m_writer(writer), m_queries(queries)
{
    m_timer.setInterval(kRevisionPollMs);
    connect(&m_timer, &QTimer::timeout, this, &ConfigurationKeeper::lookForOutsideChanges);
    m_timer.start();
}

Result<void> ConfigurationKeeper::load(HistoryReader &reader)
{
    auto stored = readStored(reader);
    if (!stored)
        return tl::make_unexpected(stored.error());
    m_current = std::move(stored->configuration);
    m_revision = stored->revision;
    return {};
}

QFuture<Result<MonitorId>> ConfigurationKeeper::add(const Monitor &monitor)
{
    const auto same = [monitor](const Monitor &other) {
        return other.service == monitor.service && other.name == monitor.name;
    };
    if (std::any_of(m_current.monitors.cbegin(), m_current.monitors.cend(), same)) {
        return readyFailure<MonitorId>(
            {Error::Kind::Conflict,
             tr("There is a monitor named “%1” already; choose another name.").arg(qualifiedName(monitor))});
    }
    Configuration wanted = m_current;
    wanted.monitors.append(monitor);
    const bool knownService =
        monitor.service.isEmpty() ||
        std::any_of(wanted.services.cbegin(), wanted.services.cend(),
                    [&](const Service &service) { return service.name == monitor.service; });
    if (!knownService)
        wanted.services.append({monitor.service, {}});
    return store(wanted).then(
        qApp, [self = QPointer(this), same](const Result<void> &stored) -> Result<MonitorId> {
            if (!stored)
                return tl::make_unexpected(stored.error());
            if (!self)
                return tl::make_unexpected(ending());
            const auto &monitors = self->m_current.monitors;
            const auto added = std::find_if(monitors.cbegin(), monitors.cend(), same);
            if (added == monitors.cend())
                return failure(Error::Kind::NotFound,
                               tr("The new monitor was removed again by another program."));
            return added->id;
        });
}

QFuture<Result<void>> ConfigurationKeeper::remove(MonitorId id)
{
    Configuration wanted = m_current;
    wanted.monitors.removeIf([id](const Monitor &monitor) { return monitor.id == id; });
    return store(wanted);
}

QFuture<Result<void>> ConfigurationKeeper::replace(const Monitor &monitor)
{
    Configuration wanted = m_current;
    for (auto &known : wanted.monitors)
        if (known.id == monitor.id)
            known = monitor;
    return store(wanted);
}

QFuture<Result<void>> ConfigurationKeeper::store(const Configuration &wanted)
{
    const auto changes = difference(m_current, wanted);
    return m_writer.change([changes](QSqlDatabase &database) { return storeChanges(database, changes); })
        .then(qApp,
              [self = QPointer(this)](const Result<void> &stored) {
                  return stored && self ? self->reload() : QtFuture::makeReadyFuture(Result<void>(stored));
              })
        .unwrap();
}

QFuture<Result<void>> ConfigurationKeeper::reload()
{
    return m_queries.ask([](HistoryReader &reader) { return readStored(reader); })
        .then(qApp, [self = QPointer(this)](const Result<Stored> &stored) -> Result<void> {
            if (!stored)
                return tl::make_unexpected(stored.error());
            if (!self)
                return tl::make_unexpected(ending());
            self->m_revision = stored->revision;
            if (self->m_current != stored->configuration) {
                self->m_current = stored->configuration;
                Q_EMIT self->changed();
            }
            return {};
        });
}

void ConfigurationKeeper::lookForOutsideChanges()
{
    const auto revision =
        m_queries.ask([](HistoryReader &reader) { return configurationRevision(reader.database()); });
    whenAnswered(revision, this, [this](const Result<qint64> &answer) {
        if (!answer) {
            qCWarning(lcService).noquote() << answer.error().sentence;
            return;
        }
        if (*answer == m_revision)
            return;
        whenAnswered(reload(), this, [](const Result<void> &loaded) {
            if (!loaded)
                qCWarning(lcService).noquote() << loaded.error().sentence;
        });
    });
}

} // namespace backwatch
