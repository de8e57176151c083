// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/checkspec.h"
#include "app/diagnosis/diagnosis.h"

namespace backwatch {

/// What a diagnosis may ask, each once per subject. The ids are public: they stand in the log of a diagnosis.
enum class QuestionKind {
    Repeat,
    CacheBuster,
    StaticResource,
    OtherScheme,
    OtherVersion,
    OriginDirect,
    EachAddress,
    Dependency,
    SecondVantage,
};

QStringView questionId(QuestionKind kind); ///< repeat, cache-buster, static-resource, …

/// One request that would tell causes apart.
struct Question
{
    QuestionKind kind = QuestionKind::Repeat;
    QString subject; ///< the path, address or monitor that it is about; empty where that is plain
    Layer layer = Layer::Unknown; ///< where what is asked stands, as the admin says
    CheckSpec check;              ///< of one request: redirects are not followed
    QString sentence;             ///< what is asked, and what for
    bool asksTarget = true;       ///< the website itself gets the request: Retry-After has a say
    bool isCertain = true;        ///< the subject is known to exist: configured, or named by a good page

    bool operator==(const Question &) const = default;
};

/// What came back.
struct QuestionAnswer
{
    Question question;
    UtcMs askedAt = 0;
    QString notAsked; ///< a sentence on why it was not put; empty: it was
    CheckResult result;
    Recognition recognition; ///< of the page that came back
};

} // namespace backwatch
