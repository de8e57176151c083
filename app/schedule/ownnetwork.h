// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/core/configuration.h"
#include "app/core/sample.h"
#include "app/schedule/networkpaths.h"

#include <QHash>
#include <QObject>

#include <array>
#include <functional>

namespace backwatch {

/// Tells a failure of this machine's own network from one of a target. Asked at the moment of failure: the
/// kernel about its links and routes, then witnesses as far away as the target is; a target as far away that
/// answers meanwhile is a witness too. The network counts as lost only when the kernel says so, or when
/// somebody who can be relied on was asked and nobody answered. Who has never answered (1.1.1.1 behind a
/// company's firewall) cannot be relied on; a witness of the admin's own is believed until something as far
/// away has answered. Main thread.
class OwnNetwork : public QObject
{
    Q_OBJECT

public:
    /// Asks once and calls back once, within seconds, whether it answered. An empty host is this machine's
    /// own resolver of names.
    using AskWitness = std::function<void(const Witness &, std::function<void(bool)>)>;
    /// Empty, or a sentence on what of this machine's network is gone.
    using Take = std::function<void(const QString &lost)>;

    /// Clock and paths must outlive it.
    OwnNetwork(Clock &clock, const NetworkPaths &paths, AskWitness askWitness);

    void setSettings(const NetworkSettings &settings);
    /// Whether the network was there for that failed sample. Calls back once, at once where it can.
    void ask(const Sample &failed, const Take &take);
    /// A target at that address answered. After the first one, each witness as far away is asked once, to
    /// learn whom to rely on later.
    void noteAnswer(const QString &address);

    /// What is lost at present, as a sentence; empty while all is there. Looked at every few seconds.
    QString lost() const;
    /// Since when; 0 while all is there.
    UtcMs lostAt() const;

Q_SIGNALS:
    void changed(); ///< lost()

private:
    /// One for each scope, and one for the resolver of names.
    struct Place
    {
        QList<Take> waiting;
        int round = 0; ///< counts the rounds of questions; late answers of an old one decide nothing
        int open = 0;  ///< witnesses of this round that have not answered yet
        bool asking = false;
        bool everHeard = false; ///< a target or witness there has answered since the program began
        qint64 fineUntil = 0;   ///< monotonic ms; a network that was there just now is not asked after again
        QString lost;
        UtcMs lostAt = 0;
        QString failedAddress; ///< of the failure that found it lost
    };
    static constexpr std::size_t kNaming = 4;

    Place &place(NetworkScope scope) { return m_places[static_cast<std::size_t>(scope)]; }
    void getToKnow(NetworkScope scope);
    void askRound(std::size_t index, const Take &take);
    void beginRound(std::size_t index);
    void witnessAnswered(std::size_t index, int round, const Witness &witness, bool answered);
    void conclude(std::size_t index, const QString &lost);
    void setLost(Place &place, const QString &lost);
    void lookAgain();
    QList<Witness> known(std::size_t index) const;
    QList<Witness> relied(NetworkScope scope) const;
    QList<Witness> candidates(NetworkScope scope) const;

    Clock &m_clock;
    const NetworkPaths &m_paths;
    const AskWitness m_askWitness;
    NetworkSettings m_settings;
    std::array<Place, 5> m_places;
    QSet<QString> m_heard; ///< witnesses that have answered
    QHash<QString, NetworkScope> m_scopes;
    std::unique_ptr<Alarm> m_lookAgain;
};

} // namespace backwatch
