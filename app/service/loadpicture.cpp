// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/loadpicture.h"

#include <algorithm>

namespace backwatch {

void LoadPicture::describe(DiagnosisContext &context) const
{
    context.loadFacts = facts;
    context.overloaded = overloaded;
    context.workersExhausted = workersExhausted;
    context.exhausted = exhausted;
}

LoadPicture loadPictureOf(QList<LoadFact> facts)
{
    std::stable_sort(facts.begin(), facts.end(),
                     [](const LoadFact &a, const LoadFact &b) { return a.strain > b.strain; });
    LoadPicture picture;
    if (facts.isEmpty())
        return picture;
    picture.overloaded = facts.first().strain != LoadStrain::Room;
    picture.workersExhausted = facts.first().strain == LoadStrain::Workers;
    // Where one part waits for another, the one further inside is what holds up the rest.
    for (const auto &fact : std::as_const(facts)) {
        if ((fact.strain != LoadStrain::Room) != picture.overloaded)
            continue;
        picture.facts.append(fact.sentence);
        if (fact.strain == LoadStrain::Workers && fact.layer != Layer::Unknown &&
            (picture.exhausted.layer == Layer::Unknown || fact.layer > picture.exhausted.layer))
            picture.exhausted = {fact.layer, fact.product};
    }
    return picture;
}

} // namespace backwatch
