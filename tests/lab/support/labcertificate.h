// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace backwatch {

/// key.pem and cert.pem in the folder, for localhost and 127.0.0.1, signed by itself; what went wrong, or
/// nothing.
QString makeLabCertificate(const QString &folder);

} // namespace backwatch
