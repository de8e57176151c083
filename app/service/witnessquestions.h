// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/witness.h"
#include "app/probes/probe.h"

#include <QHash>

#include <functional>

namespace backwatch {

/// Asks witnesses by the same probes as targets, but on nobody's account: nothing of it is stored. Tokens are
/// its own, above every one that checks get.
class WitnessQuestions : public QObject
{
    Q_OBJECT

public:
    explicit WitnessQuestions(Probe &probes);

    /// Whoever sends anything back answers, a refusal included. An empty host asks the resolver of this
    /// machine. Calls back once, within seconds.
    void ask(const Witness &witness, const std::function<void(bool)> &take);

private:
    void onAnswered(const QList<ProbeAnswer> &answers);

    struct Question
    {
        bool ofResolver = false;
        std::function<void(bool)> take;
    };

    Probe &m_probes;
    QHash<quint64, Question> m_open;
    quint64 m_lastToken;
};

} // namespace backwatch
