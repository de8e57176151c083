// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/keychaincheck.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>
#include <qt6keychain/keychain.h>

namespace backwatch {

namespace {

struct KeychainCheckText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::KeychainCheck)
};

} // namespace

Result<void> checkKeychain(int timeoutMs)
{
    // Deletes itself when it finishes, also after we stopped waiting for it.
    auto *job = new QKeychain::ReadPasswordJob(QStringLiteral("backwatch"));
    job->setInsecureFallback(false);
    job->setKey(QStringLiteral("doctor"));
    auto error = QKeychain::NoError;
    bool answered = false;
    QEventLoop loop;
    QObject::connect(job, &QKeychain::Job::finished, &loop, [&](QKeychain::Job *finished) {
        answered = true;
        error = finished->error();
        loop.quit();
    });
    QTimer::singleShot(timeoutMs, &loop, &QEventLoop::quit);
    job->start();
    loop.exec();
    if (!answered)
        return failure(
            Error::Kind::Unavailable,
            KeychainCheckText::tr("The keychain does not answer; it may be waiting to be unlocked."));
    switch (error) {
    case QKeychain::NoError:
    case QKeychain::EntryNotFound:
        return {};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return failure(
            Error::Kind::Unavailable,
            KeychainCheckText::tr("The keychain is locked; unlock it by logging in to the desktop."));
    default:
        return failure(
            Error::Kind::Unavailable,
            KeychainCheckText::tr(
                "There is no keychain service; start gnome-keyring or KWallet to keep passwords in it."));
    }
}

} // namespace backwatch
