// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace backwatch {

/// Why something could not be done, in one sentence that a person can act on.
struct Error
{
    enum class Kind {
        Invalid,     ///< what was given is wrong; nothing was changed
        NotFound,    ///< what was named does not exist
        Unreadable,  ///< a file or database cannot be read
        Unwritable,  ///< a file or database cannot be written
        Unavailable, ///< a service that is needed is not there
        Conflict,    ///< somebody else holds it, or it is newer than this program
    };

    Kind kind = Kind::Invalid;
    QString sentence; ///< translated, ends with a full stop, says what to do next
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(Error::Kind kind, QString sentence)
{
    return tl::make_unexpected(Error{kind, std::move(sentence)});
}

} // namespace backwatch
