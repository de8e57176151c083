// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/importedmonitors.h"
#include "app/config/yamlvalues.h"

#include <optional>

namespace backwatch {

/// One module of a blackbox exporter, used on one target.
struct BlackboxModule
{
    YamlNodePtr node; ///< null: one that comes with it, all usual
    QString prober;   ///< http, tcp, icmp, dns, …
    ImportCollection &collection;
    QString monitor;

    /// Nothing where it is not possible here; the collection says why.
    std::optional<CheckSpec> checkOf(const QString &target) const;

private:
    std::optional<CheckSpec> http(const QString &target) const;
    std::optional<CheckSpec> tcp(const QString &target) const;
    std::optional<CheckSpec> ping(const QString &target) const;
    std::optional<CheckSpec> dns(const QString &target) const;

    void readExpectations(const YamlNodePtr &settings, HttpCheck *check) const;
    void readLogin(const YamlNodePtr &settings, HttpCheck *check) const;
    TlsSettings tls(const YamlNodePtr &settings) const;
    void butNot(const YamlNodePtr &settings, std::initializer_list<const char *> keys) const;
    std::nullopt_t no(const QString &why) const;
};

} // namespace backwatch
