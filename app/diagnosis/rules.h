// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/ranking.h"
#include "app/diagnosis/signs.h"

namespace backwatch {

/// Whether anything is wrong with the exchange. A complete answer with normal content is not.
bool isFailing(const Signs &signs, const Recognition &recognition);

/// What an exchange without an answer, or one that broke off, allows for.
void startFromOutcome(const Signs &signs, Ranking &ranking);
/// What the page allows for, after its producer; where that is not known, after status and role.
void startFromPage(const Signs &signs, const Exchange &exchange, const Recognition &recognition,
                   Ranking &ranking);

void weighTime(const Signs &signs, Ranking &ranking);
void weighFields(const Signs &signs, Ranking &ranking);
void weighLastMinutes(const Signs &signs, const QList<StoredSample> &recent, Ranking &ranking);
/// @return the part that another monitor names as failing; Layer::Unknown when none does
FailingPart weighNeighbours(const Signs &signs, const QList<Neighbour> &neighbours, Ranking &ranking);
/// @param failing the part that something else names as failing: whoever waits for it is busy because of it
void weighLoad(const Signs &signs, const DiagnosisContext &context, const FailingPart &failing,
               Ranking &ranking);

/// The failing part that goes with the first cause, seen from who made the page.
FailingPart failingPart(const Signs &signs, const Recognition &recognition, CauseKind first);

} // namespace backwatch
