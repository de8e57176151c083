// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/systemkeychain.h"

#include <QCoreApplication>
#include <QLibrary>
#include <qt6keychain/keychain.h>

namespace backwatch {

namespace {

using Found = SecretService::Found;
using Kind = KeychainAnswer::Kind;

constexpr QLatin1StringView kServiceName("backwatch");

struct SystemKeychainText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::SystemKeychain)
};

/// libsecret keeps its session with a service that has ended, and every later question then fails with "The
/// session does not exist". QtKeychain loads it at run time and has no way to say this.
void dropSession()
{
    using Disconnect = void (*)();
    if (const auto disconnect = reinterpret_cast<Disconnect>(
            QLibrary::resolve(QStringLiteral("secret-1"), 0, "secret_service_disconnect")))
        disconnect();
}

} // namespace

void SystemKeychain::read(const QString &entry, const Take &take)
{
    run(new QKeychain::ReadPasswordJob(kServiceName), entry, take);
}

void SystemKeychain::write(const QString &entry, const QString &value, const Take &take)
{
    auto *job = new QKeychain::WritePasswordJob(kServiceName);
    job->setTextData(value);
    run(job, entry, take);
}

void SystemKeychain::remove(const QString &entry, const Take &take)
{
    run(new QKeychain::DeletePasswordJob(kServiceName), entry, take);
}

void SystemKeychain::inspect(const Take &take)
{
    m_service.inspect([take](Found found) {
        switch (found) {
        case Found::Unlocked:
        case Found::NoCollection:
            return take({Kind::Done, {}, {}});
        case Found::Locked:
            return take({Kind::Locked, {}, {}});
        case Found::NoService: // KWallet may be there without being a Secret Service
        case Found::Unsure:
            break;
        }
        take({Kind::Unsure, {}, {}});
    });
}

void SystemKeychain::run(QKeychain::Job *job, const QString &entry, const Take &take)
{
    // Not started yet, it may be deleted; and it is when this object ends before it comes to that.
    job->setParent(this);
    job->setKey(entry);
    job->setInsecureFallback(false);
    m_service.inspect([this, job, take](Found found) {
        if (found == Found::NoService)
            dropSession();
        if (found != Found::Locked)
            return start(job, found, take);
        m_service.unlock([this, job, take](bool unlocked) {
            if (unlocked)
                return start(job, Found::Unlocked, take);
            delete job;
            take({Kind::Locked, {}, {}});
        });
    });
}

void SystemKeychain::start(QKeychain::Job *job, Found found, const Take &take)
{
    job->setParent(nullptr);
    connect(job, &QKeychain::Job::finished, this,
            [found, take](QKeychain::Job *finished) { take(answerOf(finished, found)); });
    job->start();
}

KeychainAnswer SystemKeychain::answerOf(QKeychain::Job *job, Found found)
{
    switch (job->error()) {
    case QKeychain::NoError: {
        const auto *reading = qobject_cast<QKeychain::ReadPasswordJob *>(job);
        return {Kind::Done, reading ? reading->textData() : QString(), {}};
    }
    case QKeychain::EntryNotFound:
        return {Kind::NotFound, {}, {}};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {Kind::Locked, {}, {}};
    case QKeychain::NoBackendAvailable:
        // QtKeychain looks for libsecret when it runs, so that no package pulls it in.
        if (found != Found::NoService)
            return {
                Kind::Absent,
                {},
                SystemKeychainText::tr("A keychain service runs, but not the library to reach it; install "
                                       "libsecret (on Debian the package libsecret-1-0) and start "
                                       "Backwatch again.")};
        return {Kind::Absent, {}, {}};
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        break;
    }
    if (found == Found::NoService)
        return {Kind::Absent, {}, {}};
    dropSession();
    return {Kind::Failed, {}, job->errorString()};
}

} // namespace backwatch
