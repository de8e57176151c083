// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/truststore.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>

namespace backwatch {

namespace {

Error unreadable(const QString &file)
{
    return {Error::Kind::Unreadable,
            QCoreApplication::translate("backwatch::TrustStore",
                                        "The trusted certificates in %1 cannot be read. Check that the file "
                                        "exists and holds certificates in PEM form.")
                .arg(file)};
}

Result<std::shared_ptr<const TrustStore>> shared(Result<TrustStore> store)
{
    if (!store)
        return tl::make_unexpected(store.error());
    return std::make_shared<const TrustStore>(std::move(*store));
}

} // namespace

Result<TrustStore> TrustStore::load(const QString &file)
{
    TrustStore trust;
    trust.m_store.reset(X509_STORE_new());
    const bool loaded =
        trust.m_store && (file.isEmpty() ? X509_STORE_set_default_paths(trust.m_store.get()) == 1
                                         : X509_STORE_load_file(trust.m_store.get(),
                                                                QFile::encodeName(file).constData()) == 1);
    if (loaded)
        return trust;
    if (file.isEmpty())
        return failure(Error::Kind::Unreadable,
                       QCoreApplication::translate("backwatch::TrustStore",
                                                   "The trusted certificates of this system cannot be read. "
                                                   "Install the package ca-certificates."));
    return tl::make_unexpected(unreadable(file));
}

Result<void> TrustStore::add(const QString &file)
{
    if (X509_STORE_load_file(m_store.get(), QFile::encodeName(file).constData()) != 1)
        return tl::make_unexpected(unreadable(file));
    return {};
}

void TrustStore::giveTo(SSL_CTX *context) const
{
    SSL_CTX_set1_cert_store(context, m_store.get());
}

TrustStores::TrustStores(const QString &file) : m_file(file), m_common(shared(TrustStore::load(file))) {}

Result<std::shared_ptr<const TrustStore>> TrustStores::with(const QString &authorities)
{
    if (authorities.isEmpty() || !m_common)
        return m_common;
    const qint64 changed = QFileInfo(authorities).lastModified().toMSecsSinceEpoch();
    if (const auto kept = m_kept.constFind(authorities); kept != m_kept.cend() && kept->changed == changed)
        return kept->store;
    m_kept.remove(authorities);
    auto store = TrustStore::load(m_file);
    if (!store)
        return tl::make_unexpected(store.error());
    if (auto added = store->add(authorities); !added)
        return tl::make_unexpected(added.error());
    auto kept = std::make_shared<const TrustStore>(std::move(*store));
    m_kept.insert(authorities, {changed, kept});
    return kept;
}

} // namespace backwatch
