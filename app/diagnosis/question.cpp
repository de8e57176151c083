// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/question.h"

#include <array>

namespace backwatch {

QStringView questionId(QuestionKind kind)
{
    constexpr std::array<QStringView, 9> kIds{u"repeat",       u"cache-buster",  u"static-resource",
                                              u"other-scheme", u"other-version", u"origin-direct",
                                              u"each-address", u"dependency",    u"second-vantage"};
    static_assert(kIds.size() == static_cast<std::size_t>(QuestionKind::SecondVantage) + 1);
    return kIds[static_cast<std::size_t>(kind)];
}

} // namespace backwatch
