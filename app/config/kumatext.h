// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace backwatch {

/// The translation context of the import from Uptime Kuma.
struct KumaText
{
    Q_DECLARE_TR_FUNCTIONS(UptimeKumaImport)
};

} // namespace backwatch
