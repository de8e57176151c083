// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"
#include "app/diagnosis/cause.h"

#include <QString>

#include <optional>

namespace backwatch {

struct PageWord
{
    CauseKind kind = CauseKind::Unknown;
    QString text; ///< as it stands on the page
};

/// What an error page says in plain words about its cause, whoever wrote it: "maintenance", "too many
/// connections". Nothing when it uses none of the words that are known.
std::optional<PageWord> pageWord(const Exchange &exchange);

} // namespace backwatch
