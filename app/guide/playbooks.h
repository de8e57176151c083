// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/core/result.h"
#include "app/diagnosis/diagnosis.h"
#include "app/guide/guide.h"

#include <memory>

namespace backwatch {

/// The seven steps in the language of each stack. Data: one JSON file a stack, "general" for what is not
/// recognised.
class Playbooks
{
public:
    /// Reads every *.json of a folder, of the file system or of the resources (":/playbooks"). A file that
    /// does not keep to the schema is an error that names it.
    static Result<Playbooks> load(const QString &folder);

    /// @param recognition drawn from the evidence; an unrecognised one gives the general guide
    /// @param exchange the failed one, for addresses in commands; without it commands that need one are left
    /// out
    Guide guideFor(const Incident &incident, const Recognition &recognition,
                   const Exchange *exchange = nullptr) const;
    /// The same led by a diagnosis: its verdict and facts, steps in the order that its first cause asks for,
    /// and before the producer's commands those of the failing part's stack.
    Guide guideFor(const Incident &incident, const Diagnosis &diagnosis,
                   const Exchange *exchange = nullptr) const;

private:
    struct Playbook;
    const Playbook *playbookOf(const QString &product) const;
    QList<std::shared_ptr<const Playbook>> m_playbooks;
};

} // namespace backwatch
