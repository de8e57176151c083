// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/nameresolver.h"
#include "app/service/inquiry.h"

namespace backwatch {

/// Asks about incidents as they open: looks the addresses of the target up, plans, asks and weighs the
/// answers. Never waits; lives in the thread of its probe.
class IncidentInquiry final : public QObject
{
    Q_OBJECT

public:
    using Take = std::function<void(const QList<AnsweredQuestion> &)>;

    /// What the system needs for a name that it knows; without an answer by then the machines behind the name
    /// are not asked one by one.
    static constexpr milliseconds kLookup{300};

    /// All must outlive it.
    IncidentInquiry(Clock &clock, Probe &probes, const Fingerprints &fingerprints,
                    NameLookup lookup = &lookUpName);
    ~IncidentInquiry() override;

    void setFindSecrets(CheckRunner::FindSecrets find) { m_questioner.setFindSecrets(std::move(find)); }
    /// So many are asked about already that no further one can be.
    bool isBusy() const { return m_questioner.isBusy() || m_pending.size() >= Questioner::kMostRounds; }
    /// Calls back once, never from within, within kLookup and the time for all answers.
    void begin(const InquiryCase &about, Take take);

private:
    struct Pending;

    void ask(quint64 id, const QStringList &addresses);

    Clock &m_clock;
    Questioner m_questioner;
    std::map<quint64, std::unique_ptr<Pending>> m_pending; ///< those whose addresses are looked up
    quint64 m_lastId = 0;
    NameResolver m_names; ///< last: what it still has to say goes to what is above
};

} // namespace backwatch
