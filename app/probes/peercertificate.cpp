// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/peercertificate.h"

#include <openssl/x509v3.h>

#include <ctime>
#include <memory>

namespace backwatch {

namespace {

constexpr int kHostNamesKept = 8;

QString text(const ASN1_STRING *value)
{
    unsigned char *utf8 = nullptr;
    const int length = value ? ASN1_STRING_to_UTF8(&utf8, value) : -1;
    if (length < 0)
        return {};
    const auto result = QString::fromUtf8(reinterpret_cast<const char *>(utf8), length);
    OPENSSL_free(utf8);
    return result;
}

QString namePart(const X509_NAME *name, int nid)
{
    const int index = X509_NAME_get_index_by_NID(name, nid, -1);
    return index < 0 ? QString() : text(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
}

UtcMs utcMs(const ASN1_TIME *time)
{
    std::tm parts{};
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1)
        return 0;
    return static_cast<UtcMs>(timegm(&parts)) * 1000;
}

QString addressText(const ASN1_OCTET_STRING *address)
{
    const unsigned char *bytes = ASN1_STRING_get0_data(address);
    if (ASN1_STRING_length(address) != 4)
        return {};
    return QStringLiteral("%1.%2.%3.%4").arg(bytes[0]).arg(bytes[1]).arg(bytes[2]).arg(bytes[3]);
}

QStringList alternativeNames(const X509 *certificate)
{
    struct Free
    {
        void operator()(GENERAL_NAMES *names) const { GENERAL_NAMES_free(names); }
    };
    const std::unique_ptr<GENERAL_NAMES, Free> list(
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    QStringList names;
    for (int i = 0; i < sk_GENERAL_NAME_num(list.get()) && names.size() < kHostNamesKept; ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(list.get(), i);
        QString one;
        if (name->type == GEN_DNS)
            one = text(name->d.dNSName);
        else if (name->type == GEN_IPADD)
            one = addressText(name->d.iPAddress);
        if (!one.isEmpty())
            names.append(one);
    }
    return names;
}

QString issuerOf(const X509 *certificate)
{
    const X509_NAME *issuer = X509_get_issuer_name(certificate);
    const QString commonName = namePart(issuer, NID_commonName);
    return commonName.isEmpty() ? namePart(issuer, NID_organizationName) : commonName;
}

} // namespace

PeerCertificate verifyPeer(X509_STORE_CTX *context)
{
    PeerCertificate peer;
    if (X509_verify_cert(context) != 1) {
        peer.verifyError = X509_STORE_CTX_get_error(context);
        if (peer.verifyError == X509_V_OK)
            peer.verifyError = X509_V_ERR_UNSPECIFIED;
    }
    const X509 *leaf = X509_STORE_CTX_get0_cert(context);
    if (!leaf)
        return peer;
    peer.names = alternativeNames(leaf);
    const QString commonName = namePart(X509_get_subject_name(leaf), NID_commonName);
    if (peer.names.isEmpty() && !commonName.isEmpty())
        peer.names.append(commonName);
    peer.certificate.subject = commonName.isEmpty() ? peer.names.value(0) : commonName;
    peer.certificate.issuer = issuerOf(leaf);
    peer.certificate.notAfter = utcMs(X509_get0_notAfter(leaf));
    if (const X509 *culprit = X509_STORE_CTX_get_current_cert(context);
        culprit && peer.verifyError != X509_V_OK) {
        peer.culprit = namePart(X509_get_subject_name(culprit), NID_commonName);
        peer.culpritNotBefore = utcMs(X509_get0_notBefore(culprit));
        peer.culpritNotAfter = utcMs(X509_get0_notAfter(culprit));
    }
    return peer;
}

} // namespace backwatch
