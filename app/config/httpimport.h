// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/importedmonitors.h"

#include <optional>

namespace backwatch {

// What other programs write of HTTP requests, in our words.

/// Sets the URL; a user and password in it become a login.
/// @return what is wrong with it
std::optional<QString> setImportedUrl(const QString &url, const QString &monitor,
                                      ImportCollection &collection, HttpCheck *check);

std::optional<HttpMethod> importedMethod(const QString &name);

/// A field that may carry a secret (Authorization, Cookie, X-Api-Key, …) goes into the keychain.
void addImportedHeader(const QString &name, const QString &value, const QString &monitor,
                       ImportCollection &collection, HttpCheck *check);

/// @param path  "$.a.b", "a.b[0]" or "$"
/// @param test  "==", "!=", "<", ">", "contains", or empty for "=="
std::optional<JsonExpectation> importedJson(const QString &path, const QString &test, const QString &value);

} // namespace backwatch
