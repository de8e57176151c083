// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/keychainsentences.h"

#include <QCoreApplication>

namespace backwatch::keychainsentences {

namespace {

constexpr qsizetype kLongestDetail = 200;

struct KeychainText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::Keychain)
};

} // namespace

Error notFound(const QString &name)
{
    return {Error::Kind::NotFound,
            KeychainText::tr("There is no secret “%1” in the keychain; enter it, or store it with "
                             "“backwatch secret set”.")
                .arg(name)};
}

Error notInMemory(const QString &name)
{
    return {Error::Kind::NotFound,
            KeychainText::tr("There is no secret “%1” in memory; enter it again.").arg(name)};
}

Error locked()
{
    return {Error::Kind::Unavailable,
            KeychainText::tr("The keychain is locked; unlock it in the desktop's password program.")};
}

Error absent(const QString &detail)
{
    if (!detail.isEmpty())
        return {Error::Kind::Unavailable, detail};
    return {
        Error::Kind::Unavailable,
        KeychainText::tr("There is no keychain service in this session; start gnome-keyring or KWallet, or "
                         "have Backwatch keep passwords in memory until it is closed.")};
}

Error refused(const QString &detail, const QString &value)
{
    const bool safe = value.isEmpty() || !detail.contains(value);
    const QString words = safe ? detail.simplified().left(kLongestDetail) : QString();
    if (words.isEmpty())
        return {Error::Kind::Unavailable,
                KeychainText::tr("The keychain refused; look at it in the desktop's password program.")};
    return {Error::Kind::Unavailable,
            KeychainText::tr("The keychain refused: %1. Look at it in the desktop's password program.")
                .arg(words)};
}

QString waitsForUnlock()
{
    return KeychainText::tr(
        "The keychain waits to be unlocked, or does not answer; unlock it, and what waits "
        "for it goes on.");
}

QString waitsForService()
{
    return KeychainText::tr("There is no keychain service yet; it is asked once more in a few seconds.");
}

QString sessionOnly()
{
    return KeychainText::tr("Passwords are kept in memory only; they are gone when Backwatch is closed.");
}

} // namespace backwatch::keychainsentences
