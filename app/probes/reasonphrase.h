// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace backwatch {

/// The registered phrase of an HTTP status code, for answers that bring none (HTTP/2); "" where there is
/// none.
const char *reasonPhrase(int status);

} // namespace backwatch
