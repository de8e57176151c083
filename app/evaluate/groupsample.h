// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/sample.h"

#include <QList>

namespace backwatch {

/// One monitor that a group follows, as it is believed to be.
struct GroupMember
{
    QString name;
    State state = State::NotObserved;
    Sample last; ///< its newest sample
};

/// What a group answers when it is asked how its members are. It fails with the outcome and the words of its
/// first member that is down; it is Partial when enough members work but not all of them well. Members that
/// are paused, in maintenance, not observed, or failed without being confirmed neither help nor harm; where
/// none is left the group says nothing of itself. Pure.
Sample groupSample(const GroupCheck &check, const QList<GroupMember> &members, UtcMs at);

} // namespace backwatch
