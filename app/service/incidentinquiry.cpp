// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/incidentinquiry.h"

#include "app/diagnosis/questionrules.h"

#include <QHostAddress>

namespace backwatch {

namespace {

constexpr int kLookupThreads = 2;

/// The name whose machines may be asked one by one; empty when there is none.
QByteArray nameIn(const CheckSpec &check)
{
    const auto *http = std::get_if<HttpCheck>(&check);
    if (!http || !http->connectTo.isEmpty() || !QHostAddress(http->url.host()).isNull())
        return {};
    return http->url.host().toUtf8();
}

QStringList textOf(const NameAnswer &answer)
{
    QStringList addresses;
    for (const auto &address : answer.addresses)
        addresses += QString::fromLatin1(address);
    return addresses;
}

} // namespace

struct IncidentInquiry::Pending
{
    InquiryCase about;
    Take take;
    NameResolver::Ticket ticket = 0;
    std::unique_ptr<Alarm> alarm;
};

IncidentInquiry::IncidentInquiry(Clock &clock, Probe &probes, const Fingerprints &fingerprints,
                                 NameLookup lookup)
    : m_clock(clock)
    , m_questioner(clock, probes, fingerprints)
    , m_names(
          std::move(lookup),
          [this](NameResolver::Task task) {
              QMetaObject::invokeMethod(this, std::move(task), Qt::QueuedConnection);
          },
          kLookupThreads)
{
}

IncidentInquiry::~IncidentInquiry() = default;

void IncidentInquiry::begin(const InquiryCase &about, Take take)
{
    const quint64 id = ++m_lastId;
    auto pending = std::make_unique<Pending>();
    pending->about = about;
    pending->take = std::move(take);
    pending->alarm = m_clock.createAlarm();
    connect(pending->alarm.get(), &Alarm::ringing, this, [this, id] { ask(id, {}); });
    const QByteArray name = nameIn(about.monitor.check);
    pending->alarm->setAt(m_clock.monotonicMs() + (name.isEmpty() ? 0 : kLookup.count()));
    if (!name.isEmpty())
        pending->ticket = m_names.ask(name, std::get<HttpCheck>(about.monitor.check).family,
                                      [this, id](const NameAnswer &answer) { ask(id, textOf(answer)); });
    m_pending.emplace(id, std::move(pending));
}

void IncidentInquiry::ask(quint64 id, const QStringList &addresses)
{
    const auto found = m_pending.find(id);
    if (found == m_pending.end())
        return;
    const auto pending = std::move(found->second);
    m_pending.erase(found);
    m_names.forget(pending->ticket);
    // It may be this alarm that rings at the moment.
    Alarm *alarm = pending->alarm.release();
    alarm->setParent(this);
    alarm->deleteLater();

    const InquiryCase about = pending->about;
    m_questioner.ask(questionRound(about, addresses),
                     [about, take = pending->take](const QList<QuestionAnswer> &answers) {
                         take(weighed(about.before, about.failed, answers));
                     });
}

} // namespace backwatch
