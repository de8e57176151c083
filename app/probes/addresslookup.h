// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/serveraddress.h"
#include "app/probes/nameresolver.h"
#include "app/probes/verdict.h"

#include <QHostAddress>

#include <tl/expected.hpp>

namespace backwatch {

bool isOfFamily(const QHostAddress &address, AddressFamily family);
/// What it means to a check that a name has no address.
Verdict nameVerdict(const QString &host, AddressFamily family, const NameAnswer &answer);

/// The addresses of one host for one check: an address as it is, a name through the resolver. Lives in the
/// resolver's thread; forgets its question when it ends.
class AddressLookup
{
public:
    using Answer = tl::expected<QByteArrayList, Verdict>;
    using Take = std::function<void(const Answer &)>;

    explicit AddressLookup(NameResolver &names) : m_names(names) {}
    ~AddressLookup() { forget(); }
    AddressLookup(const AddressLookup &) = delete;
    AddressLookup &operator=(const AddressLookup &) = delete;

    /// The answer where it is at hand; otherwise nothing, and it is given later.
    std::optional<Answer> begin(const QString &host, AddressFamily family, NameResolver::Moment now,
                                const Take &take);
    void forget();

private:
    NameResolver &m_names;
    std::optional<NameResolver::Ticket> m_ticket;
};

} // namespace backwatch
