// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcertificates.h"

#include <QFile>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>

namespace backwatch {

namespace {

constexpr long kDay = 86'400;

std::shared_ptr<EVP_PKEY> makeKey()
{
    return {EVP_EC_gen("P-256"), &EVP_PKEY_free};
}

void setName(X509_NAME *name, const QString &commonName)
{
    const QByteArray bytes = commonName.toUtf8();
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(bytes.constData()), -1, -1, 0);
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

std::shared_ptr<X509> blank(const QString &commonName, EVP_PKEY *key)
{
    static std::atomic<long> serial{1};
    std::shared_ptr<X509> certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
    setName(X509_get_subject_name(certificate.get()), commonName);
    X509_set_pubkey(certificate.get(), key);
    return certificate;
}

} // namespace

TestAuthority::TestAuthority(const QString &name)
{
    m_self.key = makeKey();
    m_self.certificate = blank(name, m_self.key.get());
    X509 *self = m_self.certificate.get();
    X509_gmtime_adj(X509_getm_notBefore(self), -365 * kDay);
    X509_gmtime_adj(X509_getm_notAfter(self), 365 * kDay);
    X509_set_issuer_name(self, X509_get_subject_name(self));
    addExtension(self, self, NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(self, m_self.key.get(), EVP_sha256());
}

TestAuthority::Identity TestAuthority::issue(const Wish &wish) const
{
    Identity identity;
    identity.key = makeKey();
    identity.certificate = blank(wish.commonName, identity.key.get());
    X509 *certificate = identity.certificate.get();
    X509 *issuer = wish.selfSigned ? certificate : m_self.certificate.get();
    X509_gmtime_adj(X509_getm_notBefore(certificate), -wish.daysOld * kDay);
    // An hour more, so that the whole days left are what was wished for as long as the test runs.
    X509_gmtime_adj(X509_getm_notAfter(certificate), wish.daysFromNow * kDay + 3'600);
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    if (!wish.alternativeNames.isEmpty())
        addExtension(certificate, issuer, NID_subject_alt_name,
                     wish.alternativeNames.join(QStringLiteral(",")).toUtf8());
    X509_sign(certificate, wish.selfSigned ? identity.key.get() : m_self.key.get(), EVP_sha256());
    return identity;
}

bool TestAuthority::writeIdentity(const Identity &identity, const QString &file, const QByteArray &passphrase)
{
    BIO *out = BIO_new_file(QFile::encodeName(file).constData(), "w");
    QByteArray secret = passphrase;
    const bool written =
        out && PEM_write_bio_X509(out, identity.certificate.get()) == 1 &&
        PEM_write_bio_PrivateKey(out, identity.key.get(), secret.isEmpty() ? nullptr : EVP_aes_128_cbc(),
                                 nullptr, 0, nullptr, secret.isEmpty() ? nullptr : secret.data()) == 1;
    BIO_free(out);
    return written;
}

bool TestAuthority::writeTo(const QString &file) const
{
    BIO *out = BIO_new_file(QFile::encodeName(file).constData(), "w");
    const bool written = out && PEM_write_bio_X509(out, m_self.certificate.get()) == 1;
    BIO_free(out);
    return written;
}

} // namespace backwatch
