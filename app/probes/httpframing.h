// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"

namespace backwatch {

/// What is wrong with how an answer says where it ends, as a sentence; empty when nothing is. libcurl
/// overlooks lengths at odds, which RFC 9112 (section 6.3) calls an error and which smuggled requests live
/// on.
QString framingFault(int status, const HttpHeaders &headers);

} // namespace backwatch
