// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"

namespace backwatch {

/// The same exchange without what nobody should find in a database or a report: the values of Authorization,
/// Proxy-Authorization, Cookie and Set-Cookie (a cookie keeps its name and attributes) and a user name or
/// password in the URL. Lengths are not kept either.
Exchange redacted(Exchange exchange);

} // namespace backwatch
