// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/groupsample.h"

#include <QCoreApplication>

#include <algorithm>

namespace backwatch {

namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::GroupSample)
};

constexpr qsizetype kNamed = 3;

bool works(const GroupMember &member)
{
    return member.state == State::Up || member.state == State::Degraded;
}

bool isDown(const GroupMember &member)
{
    return member.state == State::Down || member.state == State::Unreachable;
}

QString named(const QList<GroupMember> &members)
{
    QStringList names;
    for (const auto &member : members.first(std::min(members.size(), kNamed)))
        names += member.name;
    const QString list = names.join(QStringLiteral(", "));
    return members.size() > kNamed
               ? Sentences::tr("%1 and %n more", nullptr, static_cast<int>(members.size() - kNamed)).arg(list)
               : list;
}

template <typename Matches>
QList<GroupMember> those(const QList<GroupMember> &members, Matches matches)
{
    QList<GroupMember> found;
    std::copy_if(members.begin(), members.end(), std::back_inserter(found), matches);
    return found;
}

void failWith(Sample &sample, const QList<GroupMember> &down, qsizetype working, qsizetype needed)
{
    const auto reachable = std::find_if(down.begin(), down.end(),
                                        [](const auto &member) { return member.state == State::Down; });
    const GroupMember &shown = reachable == down.end() ? down.first() : *reachable;
    const bool failed = judgementOf(shown.last.outcome) == Judgement::Failed;
    sample.outcome = failed ? shown.last.outcome : Outcome::ProtocolError;
    sample.httpStatus = failed ? shown.last.httpStatus : 0;
    sample.detail = Sentences::tr("%1 of %2 needed members work. Down: %3. %4")
                        .arg(working)
                        .arg(needed)
                        .arg(named(down), shown.last.detail)
                        .trimmed();
}

} // namespace

Sample groupSample(const GroupCheck &check, const QList<GroupMember> &members, UtcMs at)
{
    Sample sample;
    sample.startedAt = at;
    const auto working = those(members, works);
    const auto down = those(members, isDown);
    const auto counted = working.size() + down.size();
    const auto needed = check.atLeast > 0 ? qsizetype(check.atLeast) : counted;
    const bool lost = std::any_of(members.begin(), members.end(), [](const GroupMember &member) {
        return member.last.outcome == Outcome::LocalNetwork;
    });
    if (down.isEmpty() && (working.isEmpty() || working.size() < needed)) {
        sample.outcome = lost ? Outcome::LocalNetwork : Outcome::Cancelled;
        sample.detail = Sentences::tr("Not enough members are observed at the moment.");
    } else if (working.size() < needed) {
        failWith(sample, down, working.size(), needed);
    } else {
        const auto troubled =
            down + those(working, [](const GroupMember &member) { return member.state == State::Degraded; });
        sample.outcome = troubled.isEmpty() ? Outcome::Ok : Outcome::Partial;
        sample.detail = troubled.isEmpty()
                            ? Sentences::tr("All of %n member(s) work.", nullptr, static_cast<int>(counted))
                            : Sentences::tr("%1 of %2 members work. In trouble: %3.")
                                  .arg(working.size())
                                  .arg(counted)
                                  .arg(named(troubled));
    }
    return sample;
}

} // namespace backwatch
