// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/keychainentries.h"

#include "app/secrets/secretnames.h"

namespace backwatch {

namespace {

using Kind = KeychainAnswer::Kind;

/// Another program may write its list between our reading and writing, so what was written is read again.
constexpr int kTries = 3;

bool isList(const KeychainAnswer &answer)
{
    return answer.kind == Kind::Done || answer.kind == Kind::NotFound;
}

void setListed(Keychain &keychain, const QString &name, bool listed, int tries, const Keychain::Take &take)
{
    const QString entry = kNamesEntry;
    keychain.read(entry, [&keychain, entry, name, listed, tries, take](const KeychainAnswer &answer) {
        if (!isList(answer))
            return take(answer);
        QStringList names = readNames(answer.value);
        if (names.contains(name) == listed || tries == 0)
            return take({Kind::Done, {}, {}});
        if (listed)
            names.append(name);
        else
            names.removeAll(name);
        keychain.write(entry, writeNames(names),
                       [&keychain, name, listed, tries, take](const KeychainAnswer &written) {
                           if (written.kind != Kind::Done)
                               return take(written);
                           setListed(keychain, name, listed, tries - 1, take);
                       });
    });
}

} // namespace

void writeEntry(Keychain &keychain, const QString &name, const QString &value, const Keychain::Take &take)
{
    keychain.write(name, value, [&keychain, name, take](const KeychainAnswer &answer) {
        if (answer.kind != Kind::Done)
            return take(answer);
        setListed(keychain, name, true, kTries, take);
    });
}

void removeEntry(Keychain &keychain, const QString &name, const Keychain::Take &take)
{
    const auto unlist = [&keychain, name, take](Kind outcome) {
        setListed(keychain, name, false, kTries, [outcome, take](const KeychainAnswer &answer) {
            take(answer.kind == Kind::Done ? KeychainAnswer{outcome, {}, {}} : answer);
        });
    };
    // The backends say success to the removal of what is not there, so it is read first.
    keychain.read(name, [&keychain, name, unlist, take](const KeychainAnswer &found) {
        if (found.kind == Kind::NotFound)
            return unlist(Kind::NotFound);
        if (found.kind != Kind::Done)
            return take(found);
        keychain.remove(name, [unlist, take](const KeychainAnswer &removed) {
            if (!isList(removed))
                return take(removed);
            unlist(Kind::Done);
        });
    });
}

void listEntries(Keychain &keychain, const Keychain::Take &take)
{
    keychain.read(kNamesEntry, [take](const KeychainAnswer &answer) {
        take(answer.kind == Kind::NotFound ? KeychainAnswer{Kind::Done, {}, {}} : answer);
    });
}

void noteEntry(Keychain &keychain, const QString &name, const Keychain::Take &take)
{
    setListed(keychain, name, true, kTries, take);
}

void readQuietly(Keychain &keychain, const QString &name, const Keychain::Take &take)
{
    keychain.inspect([&keychain, name, take](const KeychainAnswer &answer) {
        if (answer.kind != Kind::Done)
            return take({Kind::Unsure, {}, {}});
        keychain.read(name, take);
    });
}

} // namespace backwatch
