// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/truststore.h"

#include <QCoreApplication>
#include <QFile>

namespace backwatch {

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
    return failure(Error::Kind::Unreadable,
                   QCoreApplication::translate("backwatch::TrustStore",
                                               "The trusted certificates in %1 cannot be read. Check that "
                                               "the file exists and holds certificates in PEM form.")
                       .arg(file));
}

void TrustStore::giveTo(SSL_CTX *context) const
{
    SSL_CTX_set1_cert_store(context, m_store.get());
}

} // namespace backwatch
