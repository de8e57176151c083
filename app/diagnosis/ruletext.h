// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace backwatch {

/// The translation context of the questions' rules.
struct RuleText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::QuestionRules)
};

} // namespace backwatch
